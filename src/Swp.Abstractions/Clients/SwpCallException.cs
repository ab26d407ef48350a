namespace Swp.Clients;

/// <summary>Thrown by <see cref="CallResult.EnsureSuccess"/>: carries the outcome that was no success.</summary>
public sealed class SwpCallException(CallResult result)
    : Exception(result.Message is null ? $"The call ended as {result.Outcome.ToWireName()}." : $"The call ended as {result.Outcome.ToWireName()}: {result.Message}")
{
    /// <summary>How the call ended.</summary>
    public CallResult Result { get; } = result;
}
