using Microsoft.AspNetCore.Http.Features;

namespace Swp.Gateway.Tokens;

/// <summary>Makes the contexts of requests as the framework does, without the token in their query: nothing that comes after this can log it.</summary>
internal sealed class TokenHidingContexts(IServiceProvider services) : IHttpContextFactory
{
    private readonly DefaultHttpContextFactory _contexts = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        var token = HandshakeToken.TakeFrom(featureCollection.GetRequiredFeature<IHttpRequestFeature>());
        var context = _contexts.Create(featureCollection);
        if (token is not null)
        {
            HandshakeToken.Keep(context, token);
        }

        return context;
    }

    public void Dispose(HttpContext httpContext) => _contexts.Dispose(httpContext);
}
