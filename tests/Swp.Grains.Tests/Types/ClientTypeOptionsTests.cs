using Swp.Grains.Types;

namespace Swp.Grains.Tests.Types;

public sealed class ClientTypeOptionsTests
{
    private readonly ClientTypeOptionsValidator _validator = new();

    [Fact]
    public void Defaults_AreValidAndThoseOfTheProtocol()
    {
        var options = new ClientTypeOptions();
        Assert.True(_validator.Validate("his", options).Succeeded);
        Assert.Equal((65_536, 300, 1, 1_048_576), (options.MaxMessageBytes, options.MaxPendingRequests, options.MaxConcurrentQueries, options.OutboundBufferBytes));
        Assert.Equal(
            (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(120)),
            (options.OpenTimeout, options.MinHeartbeatInterval, options.IdleTimeout));
        Assert.Equal(PayloadStyle.String, options.PayloadStyle);
    }

    [Fact]
    public void Validate_OutOfRange_NamesSettingValueAndRule()
    {
        var options = new ClientTypeOptions { MaxPendingRequests = 0, OpenTimeout = TimeSpan.FromHours(1) };
        var failures = _validator.Validate("his", options).Failures!.ToArray();
        Assert.Equal(2, failures.Length);
        Assert.Contains(failures, failure => failure.StartsWith("Swp:Types:his:MaxPendingRequests = 0: ", StringComparison.Ordinal) && failure.Contains("between 1 and 100000", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.StartsWith("Swp:Types:his:OpenTimeout = 01:00:00: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_BufferSmallerThanAMessage_Fails()
    {
        var options = new ClientTypeOptions { MaxMessageBytes = 200_000, OutboundBufferBytes = 100_000 };
        Assert.StartsWith("Swp:Types:his:OutboundBufferBytes = 100000: ", Assert.Single(_validator.Validate("his", options).Failures!));
    }

    [Fact]
    public void Validate_NoStyle_Fails() => Assert.True(_validator.Validate("his", new ClientTypeOptions { PayloadStyle = (PayloadStyle)7 }).Failed);
}
