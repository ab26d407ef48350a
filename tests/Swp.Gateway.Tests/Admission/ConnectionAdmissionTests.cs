using System.Net;
using Microsoft.Extensions.Options;
using Swp.Gateway.Admission;
using Swp.Gateway.Hosting;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Admission;

public sealed class ConnectionAdmissionTests
{
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("192.0.2.2");

    [Fact]
    public void Defaults_TakeTenThousandThatHaveNotOpened_HalfOfThemFromOneAddress()
    {
        using var admission = Admission(new GatewayOptions());
        for (var i = 0; i < 5_000; i++)
        {
            Enter(admission);
        }

        Assert.Contains("your network address", Refusal(admission).Message, StringComparison.Ordinal);
        for (var i = 0; i < 5_000; i++)
        {
            Enter(admission, Elsewhere);
        }

        Assert.False(admission.TryEnter(IPAddress.Parse("192.0.2.3"), out _, out var refusal));
        Assert.Contains("this node", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MaxUnopenedPerAddress_WhoOpensOrLeavesMakesRoomForItsAddress()
    {
        using var admission = Admission(new GatewayOptions { MaxUnopenedPerAddress = 1 });
        var first = Enter(admission);
        Assert.Equal("TooManyUnopened", Refusal(admission).Reason.ToString());
        Enter(admission, Elsewhere);
        first.MarkOpen();
        var second = Enter(admission);
        first.Dispose();
        Refusal(admission);
        second.Dispose();
        Enter(admission);
    }

    [Fact]
    public void MaxConnections_OneMoreIsRefusedUntilOneIsGone()
    {
        using var admission = Admission(new GatewayOptions { MaxConnections = 2 });
        var first = Enter(admission);
        Enter(admission).MarkOpen();
        Assert.Equal("TooManyConnections", Refusal(admission).Reason.ToString());

        first.Dispose();
        first.Dispose();
        Assert.Equal(1, admission.Count);
        Enter(admission);
        Assert.Equal("TooManyConnections", Refusal(admission).Reason.ToString());
    }

    [Fact]
    public void MaxUnopened_WhoOpensMakesRoom()
    {
        using var admission = Admission(new GatewayOptions { MaxUnopened = 1 });
        var first = Enter(admission);
        Assert.Equal("TooManyUnopened", Refusal(admission).Reason.ToString());

        first.MarkOpen();
        first.MarkOpen();
        var second = Enter(admission);
        Assert.Equal("TooManyUnopened", Refusal(admission).Reason.ToString());
        first.Dispose();
        Assert.Equal((1, 1), (admission.Count, admission.UnopenedCount));
        second.Dispose();
        second.MarkOpen();
        Assert.Equal((0, 0), (admission.Count, admission.UnopenedCount));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::1", "0.0.0.1", false)]
    public void MaxConnectionsPerAddress_AnIPv6NetworkIsOneAddress(string first, string second, bool same)
    {
        using var admission = Admission(new GatewayOptions { MaxConnectionsPerAddress = 1 });
        var there = Enter(admission, IPAddress.Parse(first));
        Assert.Equal(!same, admission.TryEnter(IPAddress.Parse(second), out _, out var refusal));
        Assert.Equal(same ? "TooManyOfAddress" : null, refusal?.Reason.ToString());

        there.Dispose();
        Enter(admission, IPAddress.Parse(first));
    }

    [Fact]
    public void MaxConnectionsPerAddress_WithoutAnAddress_DoesNotCount()
    {
        using var admission = Admission(new GatewayOptions { MaxConnectionsPerAddress = 1 });
        Assert.True(admission.TryEnter(null, out _, out _));
        Assert.True(admission.TryEnter(null, out _, out _));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(50)]
    public async Task MaxConnectsPerSecond_AsManyAtOnce_ThenRefusedUntilTimeHasPassed(int perSecond)
    {
        using var admission = Admission(new GatewayOptions { MaxConnectsPerSecond = perSecond, MaxUnopened = 0 });
        for (var i = 0; i < perSecond; i++)
        {
            Enter(admission).Dispose();
        }

        var refusal = Refusal(admission);
        Assert.Equal("TooManyConnects", refusal.Reason.ToString());
        Assert.InRange(refusal.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        await Eventually.True(() => admission.TryEnter(Home, out _, out _));
    }

    [Fact]
    public void MaxConnectsPerSecond_WhoIsRefusedAnywayTakesNobodysTurn()
    {
        using var admission = Admission(new GatewayOptions { MaxConnections = 1, MaxConnectsPerSecond = 1 });
        var first = Enter(admission);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("TooManyConnections", Refusal(admission).Reason.ToString());
        }

        first.Dispose();
        Assert.Equal("TooManyConnects", Refusal(admission).Reason.ToString());
    }

    [Fact]
    public void EveryRefusal_SaysWhatToDo()
    {
        using var admission = Admission(new GatewayOptions { MaxConnections = 1 });
        Enter(admission);
        Assert.EndsWith("try again after the seconds in Retry-After.", Refusal(admission).Message, StringComparison.Ordinal);
    }

    private static ConnectionAdmission Admission(GatewayOptions options) => new(Options.Create(options));

    private static AdmissionTicket Enter(ConnectionAdmission admission, IPAddress? address = null)
    {
        Assert.True(admission.TryEnter(address ?? Home, out var ticket, out _));
        return ticket;
    }

    private static AdmissionRefusal Refusal(ConnectionAdmission admission)
    {
        Assert.False(admission.TryEnter(Home, out _, out var refusal));
        return refusal;
    }
}
