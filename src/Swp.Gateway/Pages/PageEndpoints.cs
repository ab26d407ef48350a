using Microsoft.Net.Http.Headers;

namespace Swp.Gateway.Pages;

/// <summary>Serves the pages to everybody: they hold nothing but themselves. What they show comes from the server API, which asks who wants to know.</summary>
internal static class PageEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        foreach (var file in PageFiles.Read())
        {
            routes.MapMethods(file.Path, Methods, (HttpContext context) => Serve(context, file)).ExcludeFromDescription();
        }
    }

    private static IResult Serve(HttpContext context, PageFile file)
    {
        PageHeaders.Apply(context, file.Path);

        // Asked again each time, and sent again only when it has changed: a page never runs with files of another version.
        context.Response.Headers[HeaderNames.CacheControl] = "no-cache";
        return Results.Bytes(file.Content, file.ContentType, entityTag: file.Tag);
    }
}
