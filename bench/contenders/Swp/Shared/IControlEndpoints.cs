using Microsoft.AspNetCore.Routing;

namespace Swp.Bench.Node;

/// <summary>What a process offers the bench beside its callers.</summary>
public interface IControlEndpoints
{
    void Map(IEndpointRouteBuilder endpoints);
}
