using System.Text.Json;
using Swp.Devices;
using Swp.Samples.Common;

namespace Swp.Samples.His;

/// <summary>Asks for page after page and prints them.</summary>
internal sealed class ItemReader(DeviceClient client, TextWriter output)
{
    private const int MaxTimeouts = 3;

    /// <summary>Prints every page of every query; false when one could not be had.</summary>
    public async Task<bool> PrintAsync(IEnumerable<PageQuery> queries, CancellationToken stop)
    {
        var complete = true;
        try
        {
            foreach (var query in queries)
            {
                complete &= await PrintAsync(query, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }

        return complete;
    }

    private async Task<bool> PrintAsync(PageQuery query, CancellationToken stop)
    {
        for (var pageIndex = 1; ; pageIndex++)
        {
            var answer = await AskAsync(query with { PageIndex = pageIndex }, stop);
            if (answer is not { } frame)
            {
                await output.WriteLineAsync($"{query.BusiType}: no answer.");
                return false;
            }

            if (!frame.IsSuccess() || ReadPage(frame) is not { } page)
            {
                await output.WriteLineAsync(Terminal.Clean($"{query.BusiType}: {frame.Msg ?? "the answer is no page of items."}"));
                return false;
            }

            await output.WriteLineAsync(Terminal.Clean($"{page.BusiType}: page {page.PageIndex} of {page.Pages}, {page.Total} items"));
            foreach (var line in ItemTable.Format(page.Items))
            {
                await output.WriteLineAsync($"  {line}");
            }

            if (pageIndex >= page.Pages)
            {
                return true;
            }
        }
    }

    /// <summary>Asks again after a loss: to ask for a page twice does no harm.</summary>
    private async Task<Frame?> AskAsync(PageQuery query, CancellationToken stop)
    {
        var data = JsonSerializer.SerializeToElement(query, HisJsonContext.Default.PageQuery);
        for (var timeouts = 0; timeouts < MaxTimeouts;)
        {
            try
            {
                return await client.QueryAsync(data, stop);
            }
            catch (ConnectionLostException)
            {
                // The next attempt waits until the client is connected again.
            }
            catch (TimeoutException)
            {
                timeouts++;
            }
        }

        return null;
    }

    private static Page? ReadPage(Frame frame)
    {
        try
        {
            return frame.Data is { } data && Payload.Unwrap(data).Deserialize(HisJsonContext.Default.PageAnswer)?.Result is { Items: not null } page
                ? page
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
