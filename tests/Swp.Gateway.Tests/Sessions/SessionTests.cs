using System.Net;
using System.Text;
using Swp.Gateway.Keys;
using Swp.Gateway.Sessions;
using Swp.Gateway.Tests.Kit;

namespace Swp.Gateway.Tests.Sessions;

public sealed class SessionTests : IAsyncLifetime
{
    private static readonly string Admin = KeygenCommand.NewKey();
    private static readonly string Reader = KeygenCommand.NewKey();

    private TestOperations _gateway = null!;

    public async ValueTask InitializeAsync() =>
        _gateway = await TestOperations.StartAsync([.. TestOperations.Key("ops", Admin, "admin"), .. TestOperations.Key("monitor", Reader, "read", "caller")]);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task SignIn_KnownKey_SpeaksForItUntilItIsReplaced()
    {
        var cookie = await SignInAsync(Admin);
        Assert.Contains("; path=/; samesite=strict; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Admin, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(cookie));
        Assert.Equal("""{"required":true,"name":"ops","scopes":["admin"],"dashboard":false,"types":null}""", await ShowAsync(cookie));

        _gateway.Change(TestOperations.Key("ops", KeygenCommand.NewKey(), "admin"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(cookie));
        Assert.Equal("""{"required":true,"name":null,"scopes":[],"dashboard":false,"types":null}""", await ShowAsync(cookie));
    }

    [Fact]
    public async Task SignIn_TheKeyLosesAScope_SoDoesTheSession()
    {
        var cookie = await SignInAsync(Admin);
        _gateway.Change(("Swp:ApiKeys:ops:Scopes", "call"));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(cookie));
    }

    [Fact]
    public async Task SignIn_UnknownKey_IsRefusedAndWrittenDown()
    {
        var (status, cookie) = await TrySignInAsync(KeygenCommand.NewKey(), (PageRequest.Header, "1"));
        Assert.Equal((HttpStatusCode.Unauthorized, null), (status, cookie));
        Assert.Equal(["Information: refused POST /session by anonymous from 127.0.0.1: unknown key"], _gateway.Audit);
    }

    [Fact]
    public async Task SignIn_NotAskedByAPageOfOurs_IsRefused()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await TrySignInAsync(Admin)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await TrySignInAsync(Admin, (PageRequest.Header, "1"), ("Origin", "http://evil.example"))).Status);
    }

    [Fact]
    public async Task Session_WithoutUse_EndsAfterAnHour()
    {
        var cookie = await SignInAsync(Admin);
        _gateway.Time.Advance(SessionCookie.IdleLimit - TimeSpan.FromMinutes(31));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(cookie));
        _gateway.Time.Advance(TimeSpan.FromMinutes(32));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(cookie));
    }

    [Fact]
    public async Task Session_InUse_EndsAfterTwelveHours()
    {
        var cookie = await SignInAsync(Admin);
        for (var time = TimeSpan.Zero; time < SessionCookie.Limit; time += TimeSpan.FromMinutes(40))
        {
            var answer = await SendAsync(HttpMethod.Get, "/api/v1/types", ("Cookie", cookie));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            cookie = answer.Cookie ?? cookie;
            _gateway.Time.Advance(TimeSpan.FromMinutes(40));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(cookie));
    }

    [Theory]
    [InlineData(HttpStatusCode.NoContent, PageRequest.Header, "1")]
    [InlineData(HttpStatusCode.NoContent, PageRequest.Header, "1", "Sec-Fetch-Site", "same-origin")]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Unauthorized, PageRequest.Header, "1", "Origin", "http://127.0.0.1:1")]
    [InlineData(HttpStatusCode.Unauthorized, PageRequest.Header, "1", "Sec-Fetch-Site", "same-site")]
    public async Task Session_Change_NeedsAPageOfOurs(HttpStatusCode expected, params string[] headers)
    {
        var cookie = await SignInAsync(Admin);
        var answer = await SendAsync(HttpMethod.Put, "/api/v1/clients/caller/1/ban", [("Cookie", cookie), .. headers.Chunk(2).Select(pair => (pair[0], pair[1]))]);
        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task Session_ReadFromElsewhere_IsRefused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, "/api/v1/types", ("Cookie", await SignInAsync(Admin)), ("Sec-Fetch-Site", "cross-site"))).Status);

    [Fact]
    public async Task Session_BesideAKey_TheKeyCounts() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, "/api/v1/types", ("Cookie", await SignInAsync(Admin)), (ApiKeyHandler.Header, "wrong"))).Status);

    [Fact]
    public async Task Session_OfAKeyForSomeTypes_IsForThese()
    {
        var cookie = await SignInAsync(Reader);
        Assert.Equal("""{"required":true,"name":"monitor","scopes":["read"],"dashboard":false,"types":["caller"]}""", await ShowAsync(cookie));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(cookie));
    }

    [Fact]
    public async Task SignOut_TakesTheCookieAway()
    {
        var cookie = await SignInAsync(Admin);
        var answer = await SendAsync(HttpMethod.Delete, "/session", ("Cookie", cookie), (PageRequest.Header, "1"));
        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Contains("expires=Thu, 01 Jan 1970", answer.Cookie, StringComparison.Ordinal);
        Assert.Equal(["Information: sign-in by ops from 127.0.0.1", "Information: sign-out by ops from 127.0.0.1"], _gateway.Audit);
    }

    [Fact]
    public async Task Cookie_MadeUp_IsNobody() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync((await SignInAsync(Admin)).Split('=')[0] + "=CfDJ8AAAA"));

    private async Task<string> SignInAsync(string key)
    {
        var (status, cookie) = await TrySignInAsync(key, (PageRequest.Header, "1"));
        Assert.Equal(HttpStatusCode.OK, status);
        return cookie!;
    }

    private async Task<(HttpStatusCode Status, string? Cookie)> TrySignInAsync(string key, params (string Name, string Value)[] headers)
    {
        var (status, cookie, _) = await SendAsync(HttpMethod.Post, "/session", $$"""{"key":"{{key}}"}""", headers);
        return (status, cookie);
    }

    private async Task<HttpStatusCode> GetAsync(string cookie) => (await SendAsync(HttpMethod.Get, "/api/v1/types", ("Cookie", cookie))).Status;

    private async Task<string> ShowAsync(string cookie) => (await SendAsync(HttpMethod.Get, "/session", ("Cookie", cookie))).Text;

    private Task<(HttpStatusCode Status, string? Cookie, string Text)> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, json: null, headers);

    private async Task<(HttpStatusCode Status, string? Cookie, string Text)> SendAsync(HttpMethod method, string path, string? json, (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = _gateway.Address };
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, name == "Cookie" ? value.Split(';')[0] : value);
        }

        using var response = await http.SendAsync(request);
        var cookie = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? Assert.Single(cookies) : null;
        return (response.StatusCode, cookie, await response.Content.ReadAsStringAsync());
    }
}
