using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Swp.Cluster.Hosting;

namespace Swp.Deploy.Tests.Workloads;

/// <summary>The runtime's options as every member sets them, without a silo.</summary>
internal sealed class MemberSilo : ISiloBuilder
{
    private MemberSilo()
    {
    }

    public IServiceCollection Services { get; } = new ServiceCollection();

    public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();

    public static T OptionsOf<T>()
        where T : class
    {
        var silo = new MemberSilo();
        silo.AddSwpMember();
        using var services = silo.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<T>>().Value;
    }
}
