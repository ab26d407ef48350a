using Swp.Clients;
using Swp.Clinic.Callers;
using Swp.Grains.Services;

namespace Swp.Clinic.Tests.Callers;

public sealed class CallerServiceTests
{
    [Fact]
    public async Task OnQueryAsync_AnyData_ComesBackByteForByte()
    {
        const string data = """ {"b" : 1.50, "a":"\u53eb号"}""";
        var answer = await new CallerService().OnQueryAsync(
            new Query(new ClientKey("caller", "999"), "1", JsonPayload.Parse(data)), TestContext.Current.CancellationToken);
        Assert.Equal("0", answer.Code);
        Assert.Equal(data, answer.Data.ToString());
    }

    [Fact]
    public void CallerCall_AsPayload_HasTheMembersThatScreensRead()
    {
        var call = new CallerCall
        {
            CallCode = "A12", PatientId = "1", PatientName = "张三", PatientPhone = "13800000000", DoctorId = "7", DoctorName = "李医生", WindowId = "3",
        };
        Assert.Equal(
            """{"callCode":"A12","patientId":"1","patientName":"张三","patientPhone":"13800000000","doctorId":"7","doctorName":"李医生","windowId":"3"}""",
            JsonPayload.From(call).ToString());
    }
}
