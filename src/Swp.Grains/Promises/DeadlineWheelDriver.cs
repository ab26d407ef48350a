namespace Swp.Grains.Promises;

/// <summary>Runs the wheel from before the silo is active until after its grains are gone.</summary>
internal sealed class DeadlineWheelDriver(DeadlineWheel wheel) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(DeadlineWheel),
        ServiceLifecycleStage.ApplicationServices,
        _ =>
        {
            wheel.Start();
            return Task.CompletedTask;
        },
        _ =>
        {
            wheel.Dispose();
            return Task.CompletedTask;
        });
}
