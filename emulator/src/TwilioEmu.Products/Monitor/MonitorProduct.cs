using TwilioEmu.Accounts.Attaching;

namespace TwilioEmu.Products.Monitor;

/// <summary>Monitor of one world: alerts, notifications and events, read from the journal when somebody asks; and alarms.</summary>
/// <remarks>Loop-confined. Nobody calls it.</remarks>
public sealed class MonitorProduct : IProduct
{
    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        var log = new MonitorLog(floor.World);
        floor.Hang(
        [
            .. new AlertOperations(log).Behaviours, .. new NotificationOperations(log).Behaviours, .. new EventOperations(log).Behaviours,
            .. new AlarmOperations(floor.World).Behaviours,
        ]);
    }
}
