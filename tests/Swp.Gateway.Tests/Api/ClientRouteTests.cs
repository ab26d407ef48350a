using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Swp.Gateway.Api;

namespace Swp.Gateway.Tests.Api;

public sealed class ClientRouteTests
{
    [Theory]
    [InlineData("/api/v1/clients/caller/999", "caller", "999")]
    [InlineData("/api/v1/clients/caller/999/requests", "caller", "999")]
    [InlineData("/api/v1/clients/caller/999?a=/b/c/d", "caller", "999")]
    [InlineData("/api/v1/clients/caller/a%2Fb/requests", "caller", "a/b")]
    [InlineData("/api/v1/clients/caller/a%2fb", "caller", "a/b")]
    [InlineData("/api/v1/clients/caller/a%252Fb", "caller", "a%2Fb")]
    [InlineData("/api/v1/clients/caller/a%25252Fb", "caller", "a%252Fb")]
    [InlineData("/api/v1/clients/caller/%2F%2F", "caller", "//")]
    [InlineData("/api/v1/clients/caller/a%3Fb%23c", "caller", "a?b#c")]
    [InlineData("/api/v1/clients/caller/a+b%20c", "caller", "a+b c")]
    [InlineData("/api/v1/clients/caller/%E5%8F%AB%E5%8F%B7", "caller", "叫号")]
    [InlineData("/api/v1/clients/caller/%F0%9F%98%80", "caller", "😀")]
    [InlineData("/api/v1/clients/caller/100%25", "caller", "100%")]
    [InlineData("/api/v1/clients/caller/%2E%2E", "caller", "..")]
    [InlineData("/api/v1/clients/%63aller/9", "caller", "9")]
    [InlineData("http://127.0.0.1:8082/api/v1/clients/caller/999/requests", "caller", "999")]
    [InlineData("https://swp.example/api/v1/clients/caller/a%2Fb?x=1", "caller", "a/b")]
    public void TryRead_ThePathAsItWasSent(string target, string type, string id)
    {
        Assert.True(ClientRoute.TryRead(Request(target), out var readType, out var readId));
        Assert.Equal((type, id), (readType, readId));
    }

    [Theory]
    [InlineData("/api/v1/clients/caller")]
    [InlineData("/api/v1/clients/caller/")]
    [InlineData("/api/v1/clients/caller//requests")]
    [InlineData("/api/v1/clients/caller/%00")]
    [InlineData("/api/v1/clients/caller/a%0Ab")]
    [InlineData("/api/v1/clients/caller/%7F/requests")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("http://127.0.0.1:8082")]
    public void TryRead_NoValidId_IsRefused(string target) => Assert.False(ClientRoute.TryRead(Request(target), out _, out _));

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void TryRead_TheIdsLength_IsThatOfTheDecodedText(int length, bool valid) =>
        Assert.Equal(valid, ClientRoute.TryRead(Request($"/api/v1/clients/caller/{string.Concat(Enumerable.Repeat("%2F", length))}"), out _, out _));

    private static DefaultHttpContext Request(string target)
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        return context;
    }
}
