using Swp.Grains.Services;

namespace Swp.Clinic.His;

/// <summary>The items a clinic tells a hospital system about. Register an own one before <c>AddClinic</c> to answer from other data.</summary>
public interface IItemCatalog
{
    /// <summary>One page of the items a query asks for, oldest modification first.</summary>
    /// <exception cref="QueryException">The query asks for something that does not exist, or outside its range: the client is told so.</exception>
    ValueTask<ItemPage> FindAsync(HisQuery query, CancellationToken cancellationToken = default);
}
