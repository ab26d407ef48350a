using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Swp.Cluster.Startup;
using Swp.Gateway.Hosting;

namespace Swp.Gateway.Pages;

/// <summary>Serves the pages to everybody: they hold nothing but themselves. What they show comes from the server API, which asks who wants to know.</summary>
internal static class PageEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        foreach (var file in PageFiles.Read())
        {
            pages.MapMethods(file.Path, Methods, (HttpContext context) => Serve(context, file));
        }

        pages.MapGet("/device/settings", ShowDeviceSettings);

        // Who types the address only.
        pages.MapGet("/", static () => Results.LocalRedirect("~/console/"));
    }

    private static IResult Serve(HttpContext context, PageFile file)
    {
        PageHeaders.Apply(context, file.Path);

        // Asked again each time, and sent again only when it has changed: a page never runs with files of another version.
        context.Response.Headers[HeaderNames.CacheControl] = "no-cache";
        return Results.Bytes(file.Content, file.ContentType, entityTag: file.Tag);
    }

    private static IResult ShowDeviceSettings(IOptions<GatewayOptions> options)
    {
        var clients = Ports.Parse("Swp:Listen:Clients", options.Value.Listen.Clients, https: true);
        return Results.Json(new DeviceSettingsBody { Port = clients.Port, Secure = clients.Scheme == "https" }, PageJson.Default.DeviceSettingsBody);
    }
}
