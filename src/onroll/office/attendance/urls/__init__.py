from onroll.office.attendance.urls.registers import registers
from onroll.office.attendance.urls.seeing import seeing

app_name = "attendance"
urlpatterns = [*registers, *seeing]
