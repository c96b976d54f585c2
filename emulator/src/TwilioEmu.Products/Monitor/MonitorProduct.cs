using TwilioEmu.Kernel;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Monitor;

/// <summary>Monitor of one world: alerts, notifications and events, read from the journal when somebody asks; and alarms.</summary>
/// <remarks>Loop-confined. Nobody calls it.</remarks>
public sealed class MonitorProduct
{
    /// <param name="world">Whose journal.</param>
    public MonitorProduct(World world)
    {
        var log = new MonitorLog(world);
        Behaviours = [.. new AlertOperations(log).Behaviours, .. new NotificationOperations(log).Behaviours, .. new EventOperations(log).Behaviours, .. new AlarmOperations(world).Behaviours];
    }

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }
}
