using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Swp.Cluster.Startup;
using Swp.Gateway.Hosting;
using Swp.Gateway.Keys;

namespace Swp.Gateway.Sessions;

/// <summary>
/// How a browser speaks for an API key: a cookie that no script can read and no other site's page sends along. It names the key and does not hold it,
/// and is sealed with a secret that this process made and forgets when it ends.
/// </summary>
internal static class SessionCookie
{
    public const string Scheme = "Session";

    /// <summary>A session ends when nothing was asked for so long,</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromHours(1);

    /// <summary>and after so long in any case.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(12);

    private const string HashClaim = "hash";
    private const string SinceClaim = "since";

    /// <summary>Adds the scheme. It only carries who calls: <see cref="ApiKeyHandler"/> decides.</summary>
    public static AuthenticationBuilder AddSessions(this AuthenticationBuilder authentication)
    {
        authentication.Services.AddOptions<CookieAuthenticationOptions>(Scheme).Configure<IOptions<GatewayOptions>>(static (cookies, gateway) =>
        {
            // Browsers keep the cookies of all ports of a host together: two gateways on one machine must not sign each other's users out.
            var port = Ports.Parse("Swp:Listen:Operations", gateway.Value.Listen.Operations, https: true).Port;
            cookies.Cookie.Name = string.Create(CultureInfo.InvariantCulture, $"swp-session-{port}");
            cookies.Cookie.HttpOnly = true;
            cookies.Cookie.SameSite = SameSiteMode.Strict;
            cookies.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookies.ExpireTimeSpan = IdleLimit;
            cookies.SlidingExpiration = true;

            // Nothing on disk that could make a session. Told of no logger, because that it ends with the process is meant.
            cookies.DataProtectionProvider = new EphemeralDataProtectionProvider();
        });
        return authentication.AddCookie(Scheme, static _ => { });
    }

    /// <summary>What a session remembers of the key that it speaks for.</summary>
    public static ClaimsPrincipal Describe(ApiKey key, DateTimeOffset now) => new(new ClaimsIdentity(
        [
            new Claim(ClaimsIdentity.DefaultNameClaimType, key.Name),
            new Claim(HashClaim, Convert.ToHexString(key.Hash)),
            new Claim(SinceClaim, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ],
        Scheme));

    /// <summary>The key that a session speaks for: as it is configured now; <see langword="null"/> when it is not in force any more, or the session's time is over.</summary>
    public static ApiKey? KeyOf(ClaimsPrincipal session, ApiKeySet keys, DateTimeOffset now)
    {
        var since = long.Parse(session.FindFirstValue(SinceClaim)!, CultureInfo.InvariantCulture);
        return now - DateTimeOffset.FromUnixTimeSeconds(since) < Limit
            ? keys.FindAgain(session.Identity!.Name!, Convert.FromHexString(session.FindFirstValue(HashClaim)!))
            : null;
    }
}
