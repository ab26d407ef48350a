using Microsoft.Extensions.Logging.Abstractions;
using Swp.Cluster.Links;
using Swp.Gateway.Health;
using Swp.Gateway.Relay;
using Swp.Gateway.Tests.Kit;
using Swp.Gateway.Types;
using Swp.Relay;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Types;

public sealed class ClientTypeDirectoryTests : IAsyncLifetime
{
    private readonly TestManifests _manifests = new();
    private readonly TestOwners _owners = new();
    private readonly HostileTimeProvider _time = new();
    private readonly TestTokens _tokens;
    private readonly ClientRelays _relays = new();
    private readonly LinkTable<OwnerboundFrame> _links;
    private readonly ClientTypeDirectory _directory;
    private readonly TestPresence _presence = new();
    private readonly GatewayState _state;

    public ClientTypeDirectoryTests()
    {
        _links = TestLinks.Create(_owners, _relays, new TestMembership(), _time);
        _tokens = TestTokens.WithoutKeys(_time);
        _directory = new ClientTypeDirectory(_manifests, _owners, _tokens.Verifier, _time, NullLogger<ClientTypeDirectory>.Instance);
        _state = new GatewayState(_directory, _links, _presence);
    }

    public async ValueTask InitializeAsync() => await _directory.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync() => await _directory.StopAsync(CancellationToken.None);

    [Fact]
    public void NoOwner_NotReadyAndNoType()
    {
        Assert.Equal((false, "no silo reachable", 0), (_state.IsReady, _state.Description, _directory.Owners.Count));
        Assert.Null(_directory.Find("caller"));
        Assert.Null(_directory.Find(null));
    }

    [Fact]
    public async Task AllOwnersAreGoingAway_NotReady_ThoughTheyAreKnown()
    {
        Serves(1, "caller");
        _manifests.Publish(Members.Owner1);
        await Eventually.True(() => _state.IsReady);
        _presence.Any = false;
        Assert.Equal((false, "no silo reachable"), (_state.IsReady, _state.Description));
        Assert.NotNull(_directory.Find("caller"));
    }

    [Fact]
    public async Task OnlyGateways_IsNoOwner()
    {
        _manifests.Publish();
        Serves(1, "caller");
        _manifests.Publish(Members.Owner1);
        await Eventually.True(() => _state.IsReady);
        _manifests.Publish();
        await Eventually.True(() => !_state.IsReady);
        Assert.Null(_directory.Find("caller"));
    }

    [Fact]
    public async Task OwnersThatDoNotAnswer_AreTold_AndOneThatDoesIsEnough()
    {
        Serves(1, "caller");
        Serves(2, "caller");
        _manifests.Publish(Members.Owner1, Members.Owner2);
        await Eventually.True(() => _directory.Owners.Count == 2);

        using var stopping = new CancellationTokenSource();
        var running = new List<Task>();
        foreach (var owner in new[] { Members.Owner1, Members.Owner2 })
        {
            var link = _links.Get(owner);
            link.TrySend(new OwnerboundFrame { Code = "0" });
            running.Add(link.RunAsync(stopping.Token));
            await Eventually.True(() => _owners[owner].Deliveries.Count == 1);
            Look(link, TestLinks.Patience);
            Assert.True(_state.IsReady);
        }

        Assert.Equal("ready; 2 of 2 silos do not answer", _state.Description);
        Look(_links.Get(Members.Owner1), 2 * TestLinks.Patience);
        Assert.True(_state.IsReady);
        Look(_links.Get(Members.Owner2), 2 * TestLinks.Patience);
        Assert.Equal((false, "no silo reachable"), (_state.IsReady, _state.Description));

        (await _owners[Members.Owner2].Deliveries.NextAsync()).Accept();
        await Eventually.True(() => _state.Description == "ready; 1 of 2 silos do not answer");
        Assert.True(_state.IsReady);
        await stopping.CancelAsync();
        await Task.WhenAll(running).DefaultTimeout();
    }

    private static void Look(Link<OwnerboundFrame> link, TimeSpan passed)
    {
        link.Look(TimeSpan.Zero);
        link.Look(passed);
        if (link.IsOverdue)
        {
            link.MarkUnreachable();
        }
    }

    [Fact]
    public async Task AnOwnerAppears_ItsTypesAreKnown()
    {
        Serves(1, "caller", "his");
        _manifests.Publish(Members.Owner1);
        await Eventually.True(() => _directory.Owners.Count > 0);
        Assert.Equal((true, "ready"), (_state.IsReady, _state.Description));
        Assert.Equal(["caller", "his"], _directory.All.Select(type => type.Name).Order());
        Assert.Equal("his", _directory.Find("his")!.Name);
        Assert.Null(_directory.Find("His"));
        Assert.Null(_directory.Find(""));
    }

    [Fact]
    public async Task ManyOwners_AllTheirTypes_AndOneThatLeavesTakesItsOwnWithIt()
    {
        Serves(1, "caller", "his");
        Serves(2, "caller", "lab");
        _manifests.Publish(Members.Owner1, Members.Owner2);
        await Eventually.True(() => _directory.All.Count == 3);
        _manifests.Publish(Members.Owner2);
        await Eventually.True(() => _directory.All.Count == 2);
        Assert.Equal(["caller", "lab"], _directory.All.Select(type => type.Name).Order());
    }

    [Fact]
    public async Task AnOwnerIsSilent_ItIsAskedAgain()
    {
        var asked = 0;
        _owners[Members.Owner1].ClientTypes = () => Interlocked.Increment(ref asked) < 3
            ? throw new TimeoutException("not yet")
            : Task.FromResult<ClientTypeDescription[]>([TestGateway.Caller]);
        _manifests.Publish(Members.Owner1);
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return _directory.Owners.Count > 0;
        });
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task AnOwnerIsAskedOnce()
    {
        var asked = 0;
        _owners[Members.Owner1].ClientTypes = () =>
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult<ClientTypeDescription[]>([TestGateway.Caller]);
        };
        Serves(2, "lab");
        _manifests.Publish(Members.Owner1);
        _manifests.Publish(Members.Owner1, Members.Owner2);
        await Eventually.True(() => _directory.All.Count == 2);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Draining_IsNotReady_WhateverTheOwners()
    {
        Serves(1, "caller");
        _manifests.Publish(Members.Owner1);
        await Eventually.True(() => _state.IsReady);
        _state.StartDraining();
        Assert.Equal((false, true, "draining"), (_state.IsReady, _state.IsDraining, _state.Description));
    }

    [Fact]
    public async Task OwnersDisagreeAboutTokens_TheStricterHolds_AndAGatewayWithoutKeysSaysSoOnce()
    {
        Serves(1, "caller", "his");
        _owners[Members.Owner2].ClientTypes = () => Task.FromResult<ClientTypeDescription[]>([TestGateway.Caller with { RequiresToken = true }]);
        _manifests.Publish(Members.Owner1, Members.Owner2);
        await Eventually.True(() => _directory.Find("caller") is { RequiresToken: true } && _directory.Find("his") is { RequiresToken: false });
        _manifests.Publish(Members.Owner2);
        await Eventually.True(() => _directory.Owners.Count == 1);
        Assert.True(_directory.Find("caller")!.RequiresToken);
        Assert.StartsWith("Warning: The owners serve the type caller, whose clients need a token", Assert.Single(_tokens.Log.Lines).Line, StringComparison.Ordinal);
    }

    private void Serves(int owner, params string[] types) =>
        _owners[Members.Owner(owner)].ClientTypes = () => Task.FromResult(types.Select(type => TestGateway.Caller with { Name = type }).ToArray());
}
