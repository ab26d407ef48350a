using System.Globalization;

namespace Swp.Devices;

/// <summary>The HTTP header <c>Retry-After</c>.</summary>
public static class RetryAfter
{
    /// <summary>A server cannot send a client away for longer than this.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromMinutes(10);

    /// <summary>The delay it asks for, given as seconds or as a date; none when it is neither.</summary>
    public static TimeSpan? Parse(string? value, DateTimeOffset now)
    {
        TimeSpan delay;
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            delay = TimeSpan.FromSeconds(Math.Min(seconds, (long)Max.TotalSeconds));
        }
        else if (DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            delay = date - now;
        }
        else
        {
            return null;
        }

        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay > Max ? Max : delay;
    }
}
