using Swp.Protocol;
using Swp.Devices;

namespace Swp.Clinic.Tests.Samples;

public sealed class ReconnectPolicyTests
{
    [Theory]
    [InlineData(null, ReconnectAction.BackOff)]
    [InlineData(1000, ReconnectAction.BackOff)]
    [InlineData(1001, ReconnectAction.BackOff)]
    [InlineData(1003, ReconnectAction.Stop)]
    [InlineData(1005, ReconnectAction.BackOff)]
    [InlineData(1006, ReconnectAction.BackOff)]
    [InlineData(1007, ReconnectAction.Stop)]
    [InlineData(1009, ReconnectAction.Stop)]
    [InlineData(1011, ReconnectAction.BackOff)]
    [InlineData(4000, ReconnectAction.BackOff)]
    [InlineData(4001, ReconnectAction.BackOff)]
    [InlineData(4002, ReconnectAction.BackOff)]
    [InlineData(4003, ReconnectAction.Immediately)]
    [InlineData(4008, ReconnectAction.BackOff)]
    [InlineData(4499, ReconnectAction.BackOff)]
    [InlineData(4500, ReconnectAction.Stop)]
    [InlineData(4502, ReconnectAction.Stop)]
    [InlineData(4506, ReconnectAction.Stop)]
    [InlineData(4999, ReconnectAction.Stop)]
    public void Decide_AfterOpen_FollowsTheCode(int? closeCode, ReconnectAction action) =>
        Assert.Equal(action, ReconnectPolicy.Decide(closeCode, opened: true));

    [Theory]
    [InlineData(4003, ReconnectAction.BackOff)]
    [InlineData(4004, ReconnectAction.BackOff)]
    [InlineData(4501, ReconnectAction.Stop)]
    public void Decide_BeforeOpen_IsNeverAtOnce(int closeCode, ReconnectAction action) =>
        Assert.Equal(action, ReconnectPolicy.Decide(closeCode, opened: false));

    [Fact]
    public void Decide_EveryCodeOfTheProtocol_AgreesWithTheServer() =>
        Assert.All(Enum.GetValues<CloseCode>().Where(code => (int)code >= 4000), code =>
            Assert.Equal(CloseCodes.MayReconnect((int)code), ReconnectPolicy.Decide((int)code, opened: true) != ReconnectAction.Stop));

    [Fact]
    public void Describe_EveryCodeTheServerSends_HasWordsOfItsOwn()
    {
        var fallback = ReconnectPolicy.Describe(4999);
        Assert.All(
            Enum.GetValues<CloseCode>().Where(code => code != CloseCode.Normal),
            code => Assert.NotEqual(fallback, ReconnectPolicy.Describe((int)code)));
    }
}
