using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Swp.Cli.Api;

/// <summary>An answer of the operations address.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">The body.</param>
/// <param name="Date">The server's clock, to the second.</param>
internal sealed record ApiReply(HttpStatusCode Status, string Text, DateTimeOffset? Date)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body as what it should be.</summary>
    /// <exception cref="ProblemException">It is something else: whoever answers speaks another language.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Text, type) ?? throw Foreign();
        }
        catch (JsonException)
        {
            throw Foreign();
        }
    }

    /// <summary>What it says of a failure, whoever wrote it.</summary>
    public Problem ToProblem()
    {
        try
        {
            return (JsonSerializer.Deserialize(Text, ApiJson.Default.Problem) ?? new Problem()) with { Status = (int)Status };
        }
        catch (JsonException)
        {
            return new Problem { Status = (int)Status, Title = Status.ToString(), Detail = "this is not how a Swp gateway answers; is --url its operations address (8082)?" };
        }
    }

    private ProblemException Foreign() =>
        new(new Problem { Status = (int)Status, Title = "Unreadable", Detail = "this is not how a Swp gateway answers; is --url its operations address (8082)?" }, Text);
}
