using Swp.Grains.Services;

namespace Swp.Clinic.His;

/// <summary>A hospital system that asks for the clinic's items, a page at a time.</summary>
/// <param name="catalog">The items.</param>
[ClientType("his", DisplayName = "医保")]
public sealed class HisService(IItemCatalog catalog) : ClientService
{
    /// <summary>Answers a <see cref="HisQuery"/> with a <see cref="HisAnswer"/>.</summary>
    /// <exception cref="QueryException">The query is no <see cref="HisQuery"/>, or the catalog refuses it.</exception>
    public override async ValueTask<Answer> OnQueryAsync(Query query, CancellationToken cancellationToken)
    {
        var page = await catalog.FindAsync(query.Read<HisQuery>(HisJson.Options), cancellationToken);
        return Answer.From(new HisAnswer(page), HisJson.Options);
    }
}
