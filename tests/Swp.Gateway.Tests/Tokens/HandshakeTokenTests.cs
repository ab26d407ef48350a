using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Swp.Gateway.Tokens;

namespace Swp.Gateway.Tests.Tokens;

public sealed class HandshakeTokenTests
{
    [Theory]
    [InlineData("", "", null)]
    [InlineData("?", "?", null)]
    [InlineData("?a=1&b=2", "?a=1&b=2", null)]
    [InlineData("?access_token=t", "", "t")]
    [InlineData("?a=1&access_token=t&b=2", "?a=1&b=2", "t")]
    [InlineData("?ACCESS_TOKEN=t", "", "t")]
    [InlineData("?%61ccess%5Ftoken=t%2Bu", "", "t+u")]
    [InlineData("?access_token=t&access_token=u", "", "t,u")]
    [InlineData("?access_token", "", "")]
    [InlineData("?not_access_token=t", "?not_access_token=t", null)]
    public void Query_TheTokenIsTakenOutOfTheRequest(string query, string left, string? token)
    {
        var request = new HttpRequestFeature { Path = "/wss/caller", QueryString = query, RawTarget = $"/wss/caller{query}" };
        using var services = new ServiceCollection().AddOptions().BuildServiceProvider();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());

        var context = new TokenHidingContexts(services).Create(features);

        Assert.Equal((left, $"/wss/caller{left}", token), (context.Request.QueryString.Value, request.RawTarget, HandshakeToken.Take(context)));
    }

    [Theory]
    [InlineData("Bearer abc", "abc")]
    [InlineData("bearer  abc ", "abc")]
    [InlineData("Basic abc", "query")]
    [InlineData("", "query")]
    public void Header_GoesBeforeTheQuery(string authorization, string token)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = authorization;
        HandshakeToken.Keep(context, "query");
        Assert.Equal(token, HandshakeToken.Take(context));
    }
}
