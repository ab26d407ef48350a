using Swp.Bench.Load.Dialects;

namespace Swp.Bench.Load.Scenarios;

internal static class HttpCalls
{
    /// <summary>Calls a client once. <see langword="false"/> when it did not answer.</summary>
    public static async Task<bool> TryAsync(HttpClient http, IDialect dialect, Uri entry, string target, CancellationToken cancellationToken)
    {
        try
        {
            using var request = dialect.Call(entry, target);
            using var response = await http.SendAsync(request, cancellationToken);
            await response.Content.CopyToAsync(Stream.Null, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
