namespace TwilioEmu.Accounts.Attaching;

/// <summary>
/// A product of Twilio's that attaches itself to a world: its operations at the front door, its mailboxes at the back door.
/// </summary>
public interface IProduct
{
    /// <summary>Hangs up what it does.</summary>
    /// <remarks>Once, in a turn of the loop, in the order of the house's list: what comes later may rely on what came before.</remarks>
    void Attach(Floor floor);

    /// <summary>The world goes on from where an earlier process left it: takes up what was not done with.</summary>
    /// <remarks>Once, in a turn, when all are attached.</remarks>
    void Resume()
    {
    }
}
