using Swp.Clinic.His;

namespace Swp.Clinic.Tests.His;

internal sealed class RecordingCatalog(ItemPage page) : IItemCatalog
{
    public HisQuery? Query { get; private set; }

    public ValueTask<ItemPage> FindAsync(HisQuery query, CancellationToken cancellationToken = default)
    {
        Query = query;
        return new(page);
    }
}
