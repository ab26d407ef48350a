using Swp.Cluster.Limits;
using Swp.Grains.Services;
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
        var options = new ClientTypeOptions { MaxMessageBytes = 200_000, OutboundBufferBytes = 204_095 };
        Assert.StartsWith("Swp:Types:his:OutboundBufferBytes = 204095: ", Assert.Single(_validator.Validate("his", options).Failures!));
        options.OutboundBufferBytes++;
        Assert.True(_validator.Validate("his", options).Succeeded);
    }

    [Fact]
    public void Limits_AreOffAndCanBeSet()
    {
        Assert.True(Rates(new ClientTypeOptions()).IsOff);
        Assert.Equal(TimeSpan.FromSeconds(60), new ClientTypeOptions().OverLimitTimeout);
        Assert.Equal(new ClientRates(new Rate(10, 10), default), Rates(new ClientTypeOptions { MessagesPerSecond = 10 }));
        Assert.Equal(new ClientRates(new Rate(10, 50), default), Rates(new ClientTypeOptions { MessagesPerSecond = 10, MessageBurst = 50 }));
        Assert.Equal(new ClientRates(default, new Rate(1_000, 65_536)), Rates(new ClientTypeOptions { BytesPerSecond = 1_000 }));
        Assert.Equal(new ClientRates(default, new Rate(100_000, 100_000)), Rates(new ClientTypeOptions { BytesPerSecond = 100_000 }));
        Assert.Equal(new ClientRates(default, new Rate(100_000, 70_000)), Rates(new ClientTypeOptions { BytesPerSecond = 100_000, ByteBurst = 70_000 }));
    }

    [Theory]
    [InlineData(nameof(ClientTypeOptions.MessagesPerSecond), -1)]
    [InlineData(nameof(ClientTypeOptions.MessagesPerSecond), 100_001)]
    [InlineData(nameof(ClientTypeOptions.MessageBurst), 10)]
    [InlineData(nameof(ClientTypeOptions.BytesPerSecond), 104_857_601)]
    [InlineData(nameof(ClientTypeOptions.ByteBurst), 65_536)]
    public void Validate_ALimitOutOfRangeOrWithoutEffect_IsNamed(string setting, int value)
    {
        var options = new ClientTypeOptions();
        typeof(ClientTypeOptions).GetProperty(setting)!.SetValue(options, value);
        Assert.StartsWith($"Swp:Types:his:{setting} = {value}: ", Assert.Single(_validator.Validate("his", options).Failures!));
    }

    [Fact]
    public void Validate_ByteBurstSmallerThanAMessage_Fails() =>
        Assert.StartsWith("Swp:Types:his:ByteBurst = 65535: ", Assert.Single(_validator.Validate("his", new ClientTypeOptions { BytesPerSecond = 1, ByteBurst = 65_535 }).Failures!));

    private static ClientRates Rates(ClientTypeOptions options) => new ClientType("his", "HIS", new EchoService(), options).Rates;

    [Fact]
    public void Validate_NoStyle_Fails() => Assert.True(_validator.Validate("his", new ClientTypeOptions { PayloadStyle = (PayloadStyle)7 }).Failed);
}
