using Microsoft.Extensions.DependencyInjection.Extensions;
using Swp.Clinic.Callers;
using Swp.Clinic.His;
using Swp.Grains.Hosting;

namespace Swp.Clinic;

/// <summary>Adds the client types of a clinic to a silo.</summary>
public static class ClinicExtensions
{
    /// <summary>
    /// Adds the client types <c>caller</c> and <c>his</c>. The items that <c>his</c> answers with are the ones that ship with this library, unless
    /// an <see cref="IItemCatalog"/> was registered before.
    /// </summary>
    public static ISwpBuilder AddClinic(this ISwpBuilder swp)
    {
        ArgumentNullException.ThrowIfNull(swp);
        swp.Services.TryAddSingleton<IItemCatalog>(_ => new ItemCatalog(EmbeddedItems.Load()));
        return swp
            .AddClientType<CallerService>()
            .AddClientType<HisService>();
    }
}
