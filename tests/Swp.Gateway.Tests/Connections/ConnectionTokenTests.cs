using Swp.Gateway.Tests.Kit;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Tasks;
using Swp.Testing.Tokens;

namespace Swp.Gateway.Tests.Connections;

public sealed class ConnectionTokenTests : IAsyncLifetime
{
    private static readonly TokenSigner Signer = TokenSigner.Ecdsa("ec-1");
    private static readonly TokenSigner Next = TokenSigner.Ecdsa("ec-2");
    private static readonly ClientTypeDescription Guarded = TestGateway.Caller with { RequiresToken = true, IdleTimeout = TimeSpan.Zero };
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync(signers: Signer);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_WithATokenOfTheHandshakeOrItsOwn_IsPassedOnWithWhatTheTokenSays(bool own)
    {
        var token = Token();
        var peer = _gateway.Connect(Guarded, token: own ? "of the handshake" : token);
        await peer.SendAsync(Open(own ? token : null));
        var attach = await _gateway.Grains.Attaches.NextAsync();
        Assert.Equal(("999", token), (attach.Request.Verified!.Subject, attach.Request.Token));
        attach.Attach(epoch: 7);
        Assert.Equal(Wire.OpenAnswer(_gateway, "999"), await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Open_WithoutAToken_IsRefusedWithWordsThen4501_AndItsOwnerIsNotAsked()
    {
        var peer = _gateway.Connect(Guarded);
        await peer.SendAsync(Open(null));
        Assert.Equal(Refusal("This type of client needs a token: in the Authorization header (Bearer), the query access_token, or the OPEN's token."), await peer.ReceiveAsync());
        await peer.ClosedAsync(CloseCode.Unauthorized);
        Assert.Equal(0, _gateway.Grains.Attaches.Count);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Open_WithAnotherClientsToken_IsRefused()
    {
        var peer = _gateway.Connect(Guarded);
        await peer.SendAsync(Open(Token(id: "998")));
        Assert.Equal(Refusal("The token is for another client: its sub must be the clientId."), await peer.ReceiveAsync());
        await peer.ClosedAsync(CloseCode.Unauthorized);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Open_OfATypeWithoutAuthentication_ChecksNothing()
    {
        var peer = _gateway.Connect(token: "anything");
        await peer.SendAsync(Wire.Open("999"));
        var attach = await _gateway.Grains.Attaches.NextAsync();
        Assert.Equal(("anything", null), (attach.Request.Token, attach.Request.Verified));
        attach.Attach(epoch: 7);
        await peer.ReceiveAsync();
        _gateway.Time.Advance(TimeSpan.FromSeconds(100));
        peer.Connection.CheckDeadlines();
        await peer.SendAsync(Wire.Open("999", "again"));
        Assert.Equal(Wire.OpenAnswer(_gateway, "999", "again"), await peer.ReceiveAsync());
    }

    [Fact]
    public async Task TheTokenExpires_ClosedWith4006_NotBefore()
    {
        var peer = await OpenAsync();
        _gateway.Time.Advance(Lifetime + Skew - TimeSpan.FromSeconds(2));
        await StillOpenAsync(peer);
        _gateway.Time.Advance(TimeSpan.FromSeconds(2));
        peer.Connection.CheckDeadlines();
        await peer.ClosedAsync(CloseCode.TokenExpired);
    }

    [Fact]
    public async Task AFreshToken_MovesTheExpiryAndNothingIsInterrupted()
    {
        var peer = await OpenAsync();
        var relay = _gateway.Relays.Find(peer.Connection.Id);
        _gateway.Time.Advance(Lifetime - TimeSpan.FromMinutes(1));
        await peer.SendAsync(Open(Token(), "renewed"));
        Assert.Equal(Wire.OpenAnswer(_gateway, "999", "renewed"), await peer.ReceiveAsync());

        _gateway.Time.Advance(Lifetime - TimeSpan.FromSeconds(10));
        await StillOpenAsync(peer);
        Assert.Same(relay, _gateway.Relays.Find(peer.Connection.Id));
        Assert.Equal(0, _gateway.Grains.Attaches.Count);
        await peer.SendAsync(Wire.Query("q"));
        Assert.Equal("q", (await _gateway.Owner.AcceptAsync(1))[0].Uuid);

        _gateway.Time.Advance(TimeSpan.FromMinutes(1));
        peer.Connection.CheckDeadlines();
        await peer.ClosedAsync(CloseCode.TokenExpired);
    }

    [Fact]
    public async Task AnOpenAgainWithoutAToken_MovesNothing()
    {
        var peer = await OpenAsync();
        _gateway.Time.Advance(Lifetime - TimeSpan.FromMinutes(1));
        await peer.SendAsync(Wire.Open("999", "again"));
        Assert.Equal(Wire.OpenAnswer(_gateway, "999", "again"), await peer.ReceiveAsync());
        _gateway.Time.Advance(TimeSpan.FromMinutes(2));
        peer.Connection.CheckDeadlines();
        await peer.ClosedAsync(CloseCode.TokenExpired);
    }

    [Fact]
    public async Task AFreshTokenForAnother_ClosesWith4501()
    {
        var peer = await OpenAsync();
        _gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await peer.SendAsync(Open(Token(id: "998")));
        Assert.Equal(Refusal("The token is for another client: its sub must be the clientId."), await peer.ReceiveAsync());
        await peer.ClosedAsync(CloseCode.Unauthorized);
    }

    [Fact]
    public async Task AnOpenForAnotherWithItsToken_ClosesWith4507()
    {
        var peer = await OpenAsync();
        await peer.SendAsync(Open(Token(id: "998"), id: "998"));
        Assert.Contains("invalid_client_id", await peer.ReceiveAsync(), StringComparison.Ordinal);
        await peer.ClosedAsync(CloseCode.ProtocolError);
    }

    [Fact]
    public async Task AFreshTokenThatNobodyCanCheck_IsRefusedForNow_AndTheConnectionStays()
    {
        var peer = await OpenAsync();
        _gateway.Tokens.Source.Keys = null;
        await peer.SendAsync(Open(Next.Token(TokenSigner.Claims("999", _gateway.Time.GetUtcNow() + Lifetime))));
        var receiving = peer.ReceiveAsync();
        await _gateway.StepUntilAsync(() => receiving.IsCompleted, TimeSpan.FromSeconds(6));
        Assert.EndsWith("""
            "error":{"code":"internal_error","retryable":true}}
            """.Trim(), await receiving, StringComparison.Ordinal);
        await StillOpenAsync(peer);
    }

    [Fact]
    public async Task RenewalsInAFlood_AreCheckedOnceASecond()
    {
        var peer = await OpenAsync();
        for (var i = 0; i < 3; i++)
        {
            await peer.SendAsync(Open(Token(), $"{i}"));
        }

        await peer.SendAsync(Wire.Query("q"));
        var started = _gateway.Time.GetTimestamp();
        for (var i = 0; i < 3; i++)
        {
            var receiving = peer.ReceiveAsync();
            Assert.False(receiving.IsCompleted);
            await _gateway.StepUntilAsync(() => receiving.IsCompleted, TimeSpan.FromSeconds(1));
            Assert.EndsWith($"\"uuid\":\"{i}\"}}", await receiving, StringComparison.Ordinal);
        }

        Assert.True(_gateway.Time.GetElapsedTime(started) >= TimeSpan.FromSeconds(3));
        Assert.Equal("q", (await _gateway.Owner.AcceptAsync(1))[0].Uuid);
    }

    [Fact]
    public async Task ARenewalThatCameInTime_IsNotClosedWhileItWaits()
    {
        var peer = await OpenAsync();
        _gateway.Time.Advance(Lifetime + Skew - TimeSpan.FromSeconds(2));

        // Its key is not known yet, and is being read.
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.Tokens.Source.Ready = read.Task;
        _gateway.Tokens.Source.Set(Next);
        await peer.SendAsync(Open(Next.Token(TokenSigner.Claims("999", _gateway.Time.GetUtcNow() + Lifetime)), "fresh"));
        await Eventually.True(() => peer.Connection.IsHeld);
        _gateway.Time.Advance(TimeSpan.FromSeconds(3));
        peer.Connection.CheckDeadlines();
        Assert.False(peer.Connection.IsClosing);

        read.SetResult();
        Assert.Equal(Wire.OpenAnswer(_gateway, "999", "fresh"), await peer.ReceiveAsync());
        await StillOpenAsync(peer);
    }

    [Fact]
    public async Task WhileTheKeysAreReadOnceMore_TheOpenHasComeInTime()
    {
        var peer = _gateway.Connect(Guarded with { OpenTimeout = TimeSpan.FromSeconds(3) });
        _gateway.Tokens.Source.Set(Next);
        await peer.SendAsync(Open(Next.Token(TokenSigner.Claims("999", _gateway.Time.GetUtcNow() + Lifetime))));
        await _gateway.StepUntilAsync(
            () =>
            {
                peer.Connection.CheckDeadlines();
                return _gateway.Grains.Attaches.Count > 0;
            },
            TimeSpan.FromSeconds(2));
        (await _gateway.Grains.Attaches.NextAsync()).Attach(epoch: 7);
        Assert.Equal(Wire.OpenAnswer(_gateway, "999"), await peer.ReceiveAsync());
    }

    private async Task<TestPeer> OpenAsync()
    {
        var peer = _gateway.Connect(Guarded, token: Token());
        await peer.SendAsync(Wire.Open("999"));
        (await _gateway.Grains.Attaches.NextAsync()).Attach(epoch: 7);
        Assert.Equal(Wire.OpenAnswer(_gateway, "999"), await peer.ReceiveAsync());
        return peer;
    }

    private async Task StillOpenAsync(TestPeer peer)
    {
        peer.Connection.CheckDeadlines();
        await peer.SendAsync("""{"sessionType":"9999"}""");
        Assert.Contains("unknown_session_type", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    private string Token(string id = "999") => Signer.Token(TokenSigner.Claims(id, _gateway.Time.GetUtcNow() + Lifetime));

    private static string Open(string? token, string uuid = "o", string id = "999") =>
        token is null ? Wire.Open(id, uuid) : $$"""{"sessionType":"0001","data":{"clientId":"{{id}}","token":"{{token}}" },"uuid":"{{uuid}}"}""";

    private string Refusal(string message) =>
        $$$"""{"code":"-1","msg":"{{{message}}}","sessionType":"0001","sessionTime":{{{Wire.Now(_gateway)}}},"uuid":"o","error":{"code":"unauthorized","retryable":false}}""";
}
