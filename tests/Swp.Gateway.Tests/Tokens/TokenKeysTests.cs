using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Swp.Clients;
using Swp.Gateway.Tests.Kit;
using Swp.Gateway.Tokens;
using Swp.Testing.Logging;
using Swp.Testing.Storage;
using Swp.Testing.Tasks;
using Swp.Testing.Time;
using Swp.Testing.Tokens;

namespace Swp.Gateway.Tests.Tokens;

public sealed class TokenKeysTests : IAsyncLifetime
{
    private static readonly TokenSigner Old = TokenSigner.Ecdsa("old");
    private static readonly TokenSigner New = TokenSigner.Ecdsa("new");

    private readonly HostileTimeProvider _time = new();
    private readonly TokenOptions _options = new();
    private readonly JwksServer _server = new(Old);
    private readonly HttpClient _http = JwksDocument.CreateHttp();
    private readonly RecordingLogger<TokenKeys> _log = new();
    private TokenKeys _keys = null!;
    private TokenVerifier _verifier = null!;

    public async ValueTask InitializeAsync()
    {
        _keys = new TokenKeys([new JwksDocument("Swp:Tokens:JwksUrl", new Uri(_server.Url), _http, _time)], _options, _time, _log);
        _verifier = new TokenVerifier(_keys, _options, _time, NullLogger<TokenVerifier>.Instance);
        await _keys.StartAsync(CancellationToken.None);
        await Eventually.True(() => _keys.Current.Count == 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _keys.StopAsync(CancellationToken.None);
        _http.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task KnownKeys_TheServerIsNotAsked()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.True((await CheckAsync(Old)).IsAccepted);
        }

        Assert.Equal(1, _server.Requests);
    }

    [Fact]
    public async Task Rotated_TheNewKeyIsFoundWithTheFirstTokenThatNamesItAndTheOldOneIsGone()
    {
        Assert.True((await CheckAsync(Old)).IsAccepted);
        _server.Publish(New);
        Assert.True((await CheckAsync(New)).IsAccepted);
        Assert.Equal(2, _server.Requests);
        Assert.Equal(TokenFault.UnknownKey, (await CheckAsync(Old)).Fault);
    }

    [Fact]
    public async Task Rotated_NobodyComes_TheOldKeyIsGoneWhenKeysAreDue()
    {
        _server.Publish(New);
        _time.Advance(_options.RefreshInterval - TimeSpan.FromSeconds(1));
        Assert.Equal("old", Assert.Single(_keys.Current).Id);
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return _keys.Current.Single().Id == "new";
        });
    }

    [Fact]
    public async Task AFloodOfUnknownKeys_WaitsForOneReading()
    {
        // The clock stands: none of them is answered before the keys may be read again.
        var checks = Enumerable.Range(0, 1000)
            .Select(i => _verifier.CheckAsync(Token(Old, $"made-up-{i}"), new ClientKey("caller", "999")).AsTask())
            .Append(_verifier.CheckAsync(Token(New), new ClientKey("caller", "999")).AsTask())
            .ToArray();
        _server.Publish(Old, New);
        Assert.Equal(1, _server.Requests);
        Assert.DoesNotContain(checks, check => check.IsCompleted);

        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return checks.All(check => check.IsCompleted);
        });
        Assert.Equal(2, _server.Requests);
        Assert.All(checks[..^1], check => Assert.Equal(TokenFault.UnknownKey, check.Result.Fault));
        Assert.True((await checks[^1]).IsAccepted, "A flood does not keep a new key out.");
    }

    [Fact]
    public async Task AFloodThatGoesOn_AsksOnceInFiveSeconds()
    {
        var until = _time.GetTimestamp();
        while (_time.GetElapsedTime(until) < TimeSpan.FromMinutes(1))
        {
            await CheckAsync(Old, "made-up");
        }

        Assert.InRange(_server.Requests, 2, 13);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, null)]
    [InlineData(HttpStatusCode.Redirect, null)]
    [InlineData(HttpStatusCode.OK, "<html>")]
    [InlineData(HttpStatusCode.OK, "{\"keys\":[]}")]
    public async Task NoAnswerOfUse_KnownKeysGoOnAndAnUnknownOneIsNotCalledWrong(HttpStatusCode status, string? document)
    {
        (_server.Status, _server.Document) = (status, document ?? _server.Document);
        var verdict = await CheckAsync(New);
        Assert.Equal((TokenFault.KeysUnavailable, true, true), (verdict.Fault, verdict.IsRetryable, verdict.Error.Retryable));
        Assert.True((await CheckAsync(Old)).IsAccepted);

        (_server.Status, _server.Document) = (HttpStatusCode.OK, TokenSigner.Jwks(New));
        Assert.True((await CheckAsync(New)).IsAccepted);
        Assert.Equal(["Warning", "Information"], _log.Lines.Select(line => line.Line.Split(':')[0]));
    }

    [Fact]
    public async Task Stopped_NobodyIsLeftWaiting()
    {
        var waiting = _keys.ReadAgainAsync();
        await _keys.StopAsync(CancellationToken.None);
        Assert.False(await waiting.DefaultTimeout());
        Assert.False(await _keys.ReadAgainAsync().DefaultTimeout());
    }

    [Fact]
    public async Task AFile_IsReadAgainForATokenWithAnUnknownKey()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "keys.pem");
        await File.WriteAllTextAsync(path, Old.Pem);
        using var keys = new TokenKeys(TokenKeys.SourcesOf(new TokenOptions { KeyFile = path }, _time), _options, _time, _log);
        _verifier = new TokenVerifier(keys, _options, _time, NullLogger<TokenVerifier>.Instance);
        await keys.StartAsync(CancellationToken.None);
        Assert.True((await CheckAsync(Old)).IsAccepted);

        await File.WriteAllTextAsync(path, New.Pem);
        Assert.True((await CheckAsync(New)).IsAccepted);
        Assert.Equal(TokenFault.BadSignature, (await CheckAsync(Old)).Fault);
        await keys.StopAsync(CancellationToken.None);
    }

    private Task<TokenVerdict> CheckAsync(TokenSigner signer, string? keyId = null) => CheckAsync(Token(signer, keyId));

    private async Task<TokenVerdict> CheckAsync(string token)
    {
        var checking = _verifier.CheckAsync(token, new ClientKey("caller", "999")).AsTask();
        await Eventually.True(() =>
        {
            if (!checking.IsCompleted)
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
            }

            return checking.IsCompleted;
        });
        return await checking;
    }

    private string Token(TokenSigner signer, string? keyId = null) => signer.Token(
        TokenSigner.Claims("999", _time.GetUtcNow().AddHours(1)),
        header => header["kid"] = keyId ?? signer.KeyId);
}
