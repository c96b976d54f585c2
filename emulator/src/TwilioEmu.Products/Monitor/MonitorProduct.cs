using TwilioEmu.Accounts.Attaching;

namespace TwilioEmu.Products.Monitor;

/// <summary>Monitor of one world: alerts, notifications and events, read from the journal when somebody asks; and alarms.</summary>
/// <remarks>Loop-confined. Nobody calls it.</remarks>
public sealed class MonitorProduct : IProduct
{
    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        // An actor may be an account, which the document's pattern does not say (twilio.com/docs/usage/monitor-events).
        floor.Door.Declare(new("monitor_v1") { OwnChecks = ["ListEvent"] });
        var log = new MonitorLog(floor.World);
        floor.Hang(
        [
            .. new AlertOperations(log).Behaviours, .. new NotificationOperations(log).Behaviours, .. new EventOperations(log).Behaviours,
            .. new AlarmOperations(floor.World).Behaviours,
        ]);
    }
}
