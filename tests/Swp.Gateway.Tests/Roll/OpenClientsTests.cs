using Swp.Gateway.Tests.Kit;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Roll;

public sealed class OpenClientsTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Opened_IsListedFromTheAnswerToItsOpenUntilItLeaves()
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Open("999"));
        var attach = await _gateway.Grains.Attaches.NextAsync();
        Assert.Empty(Listed());

        attach.Attach(epoch: 1);
        await peer.ReceiveAsync();
        var (client, _, _) = (Assert.Single(_gateway.Open.Read(null, default, 10, "gateway1").Clients), 0, 0);
        Assert.Equal(
            ("caller/999", "gateway1", _gateway.Time.GetUtcNow(), "192.0.2.7"),
            (client.Key.ToString(), client.Gateway, client.ConnectedAt, client.RemoteAddress));
        Assert.Equal([new OpenCount("caller", 1)], _gateway.Open.Count());

        await peer.LeaveAsync();
        Assert.Empty(Listed());
        Assert.Equal([new OpenCount("caller", 0)], _gateway.Open.Count());
    }

    [Fact]
    public async Task Refused_IsNeverListed()
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Open("999"));
        (await _gateway.Grains.Attaches.NextAsync()).Refuse(CloseCode.Unauthorized, "no");
        await peer.ReceiveAsync();
        await peer.ClosedAsync(CloseCode.Unauthorized);
        Assert.Empty(Listed());
    }

    // Its client has another connection by now, and this one may take five seconds to answer the close frame.
    [Fact]
    public async Task Superseded_IsListedNoMoreAlthoughItsSocketIsStillThere()
    {
        var (peer, relay) = await _gateway.OpenAsync("999", epoch: 5);
        relay.Accept(new ClientboundFrame { Kind = ClientboundKind.Close, Code = "0", Epoch = 5, CloseCode = CloseCode.Superseded });
        Assert.Empty(Listed());
        Assert.Equal(1, _gateway.Connections.Count);
        await peer.ClosedAsync(CloseCode.Superseded);
    }

    [Fact]
    public async Task ItsOwnerIsLost_IsListedWhileItHasNone()
    {
        await _gateway.OpenAsync("999");
        _gateway.Membership.Kill(Members.Owner1);
        var again = await _gateway.Grains.Attaches.NextAsync();
        Assert.Equal(["caller/999"], Listed());

        again.Attach(epoch: 200, owner: Members.Owner2);
        await Eventually.True(() => _gateway.Links.Get(Members.Owner2).IsAlive);
        Assert.Equal(["caller/999"], Listed());
        Assert.Equal([new OpenCount("caller", 1)], _gateway.Open.Count());
    }

    [Fact]
    public async Task Read_SeveralTypes_IsTypeByTypeAndGoesOnWhereItEnded()
    {
        var his = TestGateway.Caller with { Name = "his" };
        await _gateway.OpenAsync("1", type: his);
        await _gateway.OpenAsync("2");
        await _gateway.OpenAsync("3", type: his);
        await _gateway.OpenAsync("4");

        Assert.Equal(["caller/2", "caller/4", "his/1", "his/3"], Listed());
        Assert.Equal(["his/1", "his/3"], Listed("his"));
        Assert.Empty(Listed("nosuch"));

        var pages = new List<string>();
        var (position, more) = (default(ConnectionPosition), true);
        while (more)
        {
            var page = _gateway.Open.Read(null, position, 1, "gateway1");
            pages.Add(Assert.Single(page.Clients).Key.ToString());
            (position, more) = (page.Last, page.HasMore || page.Last.Type == "caller");
        }

        Assert.Equal(["caller/2", "caller/4", "his/1", "his/3"], pages);
    }

    private IEnumerable<string> Listed(string? type = null) => _gateway.Open.Read(type, default, 1000, "gateway1").Clients.Select(client => client.Key.ToString());
}
