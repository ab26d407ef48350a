using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Swp.Cluster.Links;
using Swp.Gateway.Connections;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Hosting;
using Swp.Gateway.Refusals;
using Swp.Gateway.Relay;
using Swp.Gateway.Roll;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Logging;
using Swp.Testing.Sockets;
using Swp.Testing.Tasks;
using Swp.Testing.Time;
using Swp.Testing.Tokens;

namespace Swp.Gateway.Tests.Kit;

/// <summary>
/// A gateway with everything that is its own — connections, relays, links, the queue that attaches again — between clients in memory and a
/// cluster that is the test itself.
/// </summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly TestLifecycle _lifecycle = new();
    private readonly List<TestPeer> _peers = [];

    private TestGateway(GatewayOptions options, HostileTimeProvider time, TestTokens tokens)
    {
        (Time, Tokens) = (time, tokens);
        Refusals = new RefusalBook(time);
        Links = TestLinks.Create(Owners, Relays, Membership, Time);
        Links.Participate(_lifecycle);
        Reattach = new ReattachQueue(Options.Create(options), Time);
        var instruments = new GatewayInstruments();
        var relay = new RelayServices(Grains, new TestSilo(), Links, Relays, Reattach, new RefusedOpens(Time), instruments, Open, Time, NullLogger<ClientRelay>.Instance);
        Services = new ConnectionServices(Connections, relay, tokens.Verifier, instruments, Refusals, Time, Log);
    }

    /// <summary>A type with the protocol's own limits.</summary>
    public static ClientTypeDescription Caller { get; } = new()
    {
        Name = "caller",
        DisplayName = "叫号",
        MaxMessageBytes = 64 * 1024,
        OpenTimeout = TimeSpan.FromSeconds(10),
        IdleTimeout = TimeSpan.FromSeconds(120),
        MinHeartbeatInterval = TimeSpan.FromSeconds(45),
        OutboundBufferBytes = 1024 * 1024,
        RawJson = false,
    };

    public HostileTimeProvider Time { get; }

    /// <summary>What checks tokens; without keys unless the test has given it some.</summary>
    public TestTokens Tokens { get; }

    public TestMembership Membership { get; } = new();

    public TestOwners Owners { get; } = new();

    public TestGrains Grains { get; } = new();

    public ConnectionTable Connections { get; } = new();

    public ClientRelays Relays { get; } = new();

    public OpenClients Open { get; } = new();

    public LinkTable<OwnerboundFrame> Links { get; }

    public ReattachQueue Reattach { get; }

    public ConnectionServices Services { get; }

    /// <summary>Who was refused.</summary>
    public RefusalBook Refusals { get; }

    /// <summary>What connections complain of.</summary>
    public RecordingLogger<Connection> Log { get; } = new();

    /// <summary>The owner that attaches clients unless a test says otherwise.</summary>
    public TestOwner Owner => Owners[Members.Owner1];

    public static async Task<TestGateway> StartAsync(GatewayOptions? options = null, params TokenSigner[] signers)
    {
        var time = new HostileTimeProvider();
        var tokens = signers.Length > 0 ? await TestTokens.StartAsync(time, options: null, signers) : TestTokens.WithoutKeys(time);
        var gateway = new TestGateway(options ?? new GatewayOptions(), time, tokens);
        await gateway._lifecycle.StartAsync();
        await gateway.Reattach.StartAsync(CancellationToken.None);
        return gateway;
    }

    /// <summary>A client's socket is accepted.</summary>
    public TestPeer Connect(ClientTypeDescription? type = null, int capacity = 16 * 1024, string? token = null)
    {
        var sockets = new InMemoryWebSockets(capacity);
        var connection = new Connection(Connections.NextId(), sockets.Server, type ?? Caller, "192.0.2.7", token, Services);
        var peer = new TestPeer(sockets, connection, RunAsync(connection, sockets));
        _peers.Add(peer);
        return peer;
    }

    /// <summary>A client's socket is accepted, and it OPENs.</summary>
    public async Task<(TestPeer Peer, ClientRelay Relay)> OpenAsync(string id = "999", long epoch = 100, ClientTypeDescription? type = null, int capacity = 16 * 1024)
    {
        var peer = Connect(type, capacity);
        await peer.SendAsync(Wire.Open(id));
        (await Grains.Attaches.NextAsync()).Attach(epoch);
        Assert.Equal(Wire.OpenAnswer(this, id), await peer.ReceiveAsync());
        return (peer, Relays.Find(peer.Connection.Id)!);
    }

    /// <summary>Time goes on, in steps, until something waits in a mailbox.</summary>
    public async Task<T> AdvanceUntilAsync<T>(Mailbox<T> mailbox, TimeSpan step)
    {
        await Eventually.True(() =>
        {
            if (mailbox.Count > 0)
            {
                return true;
            }

            Time.Advance(step);
            return false;
        });
        return await mailbox.NextAsync();
    }

    /// <summary>
    /// Time goes on by one step, and by another only when nothing comes of it for long: whoever waits may not have looked at the clock yet.
    /// </summary>
    public Task StepUntilAsync(Func<bool> done, TimeSpan step)
    {
        const int Patience = 200;
        var looks = 0;
        return Eventually.True(() =>
        {
            if (done())
            {
                return true;
            }

            if (looks++ % Patience == 0)
            {
                Time.Advance(step);
            }

            return false;
        });
    }

    /// <summary>An owner that has something to acknowledge does not, for as long as it takes.</summary>
    public async Task SilenceAsync(SiloAddress owner)
    {
        var link = Links.Get(owner);
        await Eventually.True(() =>
        {
            link.Look(TestLinks.Patience);
            return link.Reach == PeerReach.Silent;
        });
    }

    /// <summary>Every path ends here: no socket and no relay is left.</summary>
    public async Task NothingIsLeftAsync()
    {
        await Eventually.True(() => Relays.Count == 0 && Connections.Count == 0);
        Assert.Empty(Log.Lines);
    }

    // As the endpoint does: the socket goes with its connection.
    private static async Task RunAsync(Connection connection, InMemoryWebSockets sockets)
    {
        using (sockets.Server)
        {
            await connection.RunAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
        {
            peer.Dispose();
        }

        await Tokens.DisposeAsync();
        await Reattach.StopAsync(CancellationToken.None);
        await _lifecycle.StopAsync();
    }
}
