namespace TwilioEmu.Accounts.Billing;

/// <summary>Data of a journal entry, or a record in one, that some events of its life cost money.</summary>
/// <remarks>How usage is counted: whoever keeps the books reads the journal and asks; nobody calls them.</remarks>
public interface IBillable
{
    /// <summary>What it cost that an entry of this kind was written; null for nothing.</summary>
    Charge? ChargeFor(string kind);
}
