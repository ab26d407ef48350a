using Swp.Gateway.Tests.Kit;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Relay;

/// <summary>What a connection's next owner is told of the requests of the last, and what becomes of the queries that one had taken.</summary>
public sealed class LostOwnerTests : IAsyncLifetime
{
    private const long First = 100;
    private const long Second = 101;

    private TestGateway _gateway = null!;

    private TestOwner Owner1 => _gateway.Owners[Members.Owner1];

    private TestOwner Owner2 => _gateway.Owners[Members.Owner2];

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    // ---- Queries ----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task QueriesTheLostOwnerHadTaken_AreAnsweredAsLost()
    {
        var (peer, _) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("a"));
        await peer.SendAsync(Wire.Query("b"));
        await Owner1.AcceptAsync(2);
        await ReceiptsAreInAsync(peer);

        _gateway.Membership.Kill(Members.Owner1);
        (await _gateway.Grains.Attaches.NextAsync()).Attach(Second, owner: Members.Owner2);

        await IsLostAsync(peer, "a");
        await IsLostAsync(peer, "b");
        await IsStillOpenAsync(peer, Owner2);
    }

    [Fact]
    public async Task QueriesOnTheirWayToTheLostOwner_AreAnsweredAsLostAndNotSentAgain()
    {
        var (peer, _) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("in doubt"));
        await Owner1.Deliveries.NextAsync();
        await peer.SendAsync(Wire.Query("unsent"));
        await peer.SettledAsync();

        _gateway.Membership.Kill(Members.Owner1);
        (await _gateway.Grains.Attaches.NextAsync()).Attach(Second, owner: Members.Owner2);

        await IsLostAsync(peer, "in doubt");
        Assert.Equal([("unsent", 2L)], (await Owner2.AcceptAsync(1)).Select(frame => (frame.Uuid!, frame.Sequence)));
        await IsStillOpenAsync(peer, Owner2);
    }

    [Fact]
    public async Task AnswersOnTheirWayToTheLostOwner_AreSentAgain()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        Ask(relay, "r");
        await peer.ReceiveAsync();
        await peer.SendAsync(Wire.Answer("r"));
        await Owner1.Deliveries.NextAsync();

        _gateway.Membership.Kill(Members.Owner1);
        (await _gateway.Grains.Attaches.NextAsync()).Attach(Second, owner: Members.Owner2);

        Assert.Equal([("r", OwnerboundKind.Answer)], (await Owner2.AcceptAsync(1)).Select(frame => (frame.Uuid!, frame.Kind)));
    }

    [Fact]
    public async Task AttachedAgainToTheOwnerThatHadTheQueries_NothingIsLost()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("a"));
        await Owner1.AcceptAsync(1);
        await ReceiptsAreInAsync(peer);
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        (await _gateway.Grains.Attaches.NextAsync()).Attach(Second, continued: true);

        await Eventually.True(() => relay.Accept(Frame(ClientboundKind.Answer, Second) with { Uuid = "a", Sequence = 1 }) is null);

        Assert.Contains("\"code\":\"0\"", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAnswerThatIsFasterThanItsQuestionsReceipt_IsTheOnlyOne()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("a"));
        await Owner1.Deliveries.NextAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Answer) with { Uuid = "a", Sequence = 1 }));
        Assert.Contains("\"code\":\"0\"", await peer.ReceiveAsync(), StringComparison.Ordinal);

        _gateway.Membership.Kill(Members.Owner1);
        (await _gateway.Grains.Attaches.NextAsync()).Attach(Second, owner: Members.Owner2);

        await IsStillOpenAsync(peer, Owner2);
        Assert.Null(relay.Accept(Frame(ClientboundKind.Answer, Second) with { Uuid = "a", Sequence = 1 }));
        Assert.Null(relay.Accept(Frame(ClientboundKind.Request, Second) with { Uuid = "next" }));
        Assert.Contains("next", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    // ---- Requests ---------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task TheNextOwnerIsToldWhatTheClientOwesAndWhatItHasAnswered()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        foreach (var uuid in (string[])["owed", "answered", "under way"])
        {
            Ask(relay, uuid);
            await peer.ReceiveAsync();
        }

        Assert.Null(relay.Accept(Frame(ClientboundKind.Message) with { Uuid = "message" }));
        await peer.ReceiveAsync();
        await peer.SendAsync(Wire.Answer("answered"));
        await Owner1.AcceptAsync(1);
        await ReceiptsAreInAsync(peer);
        await peer.SendAsync(Wire.Answer("under way"));
        await Owner1.Deliveries.NextAsync();

        _gateway.Membership.Kill(Members.Owner1);
        var ledger = (await _gateway.Grains.Attaches.NextAsync()).Request.Requests!;

        Assert.Equal(["owed", "under way"], ledger.Open);
        Assert.Equal([RequestLedger.HashOf("message"), RequestLedger.HashOf("answered")], ledger.Done);
        Assert.Null(ledger.CompleteFor);
    }

    /// <summary>Its client may have come back by another gateway, and been asked there by the owner that is lost now.</summary>
    [Fact]
    public async Task AConnectionThatHasEnded_DoesNotClaimToKnowWhatItsClientWasAsked()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        Ask(relay, "answered");
        await peer.ReceiveAsync();
        await peer.SendAsync(Wire.Answer("answered"));
        await Owner1.Deliveries.NextAsync();
        await peer.LeaveAsync();
        await peer.Running.DefaultTimeout();

        _gateway.Membership.Kill(Members.Owner1);
        var ledger = (await _gateway.Grains.Attaches.NextAsync()).Request.Requests!;

        Assert.Equal(["answered"], ledger.Open);
        Assert.Equal(TimeSpan.Zero, ledger.CompleteFor);
    }

    [Fact]
    public async Task WhatNobodyWaitsForAnyMore_IsNotOwed()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        Ask(relay, "short", TimeSpan.FromSeconds(1));
        await peer.ReceiveAsync();
        Assert.True(relay.HasOpenRequests);

        _gateway.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(relay.HasOpenRequests);
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        Assert.Empty((await _gateway.Grains.Attaches.NextAsync()).Request.Requests!.Open);
    }

    [Fact]
    public async Task OnceTheNextOwnerWasTold_ARequestOfTheLastOneComesTooLate()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        var attach = await _gateway.Grains.Attaches.NextAsync();

        Assert.Equal(RejectReason.StaleEpoch, relay.Accept(Frame(ClientboundKind.Request) with { Uuid = "late" }));
        Assert.Equal(RejectReason.StaleEpoch, relay.Accept(Frame(ClientboundKind.Message) with { Uuid = "late" }));
        attach.Attach(Second, owner: Members.Owner2);

        await Eventually.True(() => relay.Accept(Frame(ClientboundKind.Request, Second) with { Uuid = "next" }) is null);
        Assert.Contains("next", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARequestTheClientHasAlready_IsNotGivenToItAgain()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        Ask(relay, "owed");
        Ask(relay, "answered");
        Assert.Null(relay.Accept(Frame(ClientboundKind.Message) with { Uuid = "message" }));
        foreach (var uuid in (string[])["owed", "answered", "message"])
        {
            Assert.Contains(uuid, await peer.ReceiveAsync(), StringComparison.Ordinal);
        }

        await peer.SendAsync(Wire.Answer("answered"));
        await Owner1.AcceptAsync(1);
        await ReceiptsAreInAsync(peer);

        var repeat = Frame(ClientboundKind.Request) with { IsRepeat = true, Patience = TimeSpan.FromMinutes(1) };
        Assert.Null(relay.Accept(repeat with { Uuid = "owed" }));
        Assert.Equal(RejectReason.Seen, relay.Accept(repeat with { Uuid = "answered" }));
        Assert.Null(relay.Accept(repeat with { Kind = ClientboundKind.Message, Uuid = "message" }));
        Assert.Null(relay.Accept(repeat with { Uuid = "new" }));
        Assert.Contains("new", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    private static async Task IsLostAsync(TestPeer peer, string uuid)
    {
        var answer = await peer.ReceiveAsync();
        Assert.Contains("\"code\":\"-1\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"sessionType\":\"0003\"", answer, StringComparison.Ordinal);
        Assert.EndsWith($"\"uuid\":\"{uuid}\",\"error\":{{\"code\":\"lost_in_flight\",\"retryable\":false}}}}", answer, StringComparison.Ordinal);
    }

    private static void Ask(Gateway.Relay.ClientRelay relay, string uuid, TimeSpan? patience = null) =>
        Assert.Null(relay.Accept(Frame(ClientboundKind.Request) with { Uuid = uuid, Patience = patience ?? TimeSpan.FromMinutes(1) }));

    // One batch at a time: the next one comes only once the gateway has dealt with the receipt of the one before. An answer is answered by nobody.
    private async Task ReceiptsAreInAsync(TestPeer peer)
    {
        await peer.SendAsync(Wire.Answer("next"));
        await Owner1.AcceptAsync(1);
    }

    private async Task IsStillOpenAsync(TestPeer peer, TestOwner owner)
    {
        await peer.SendAsync(Wire.Answer("still open"));
        Assert.Equal(["still open"], (await owner.AcceptAsync(1)).Select(frame => frame.Uuid));
    }

    private static ClientboundFrame Frame(ClientboundKind kind, long epoch = First) => new() { Kind = kind, Epoch = epoch, Code = "0" };
}
