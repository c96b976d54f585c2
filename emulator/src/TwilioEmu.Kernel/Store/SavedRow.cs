using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Store;

/// <summary>A record and where it stands.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Record">As it is.</param>
/// <param name="Place">Where.</param>
/// <param name="Form">How it is written; null keeps it unpacked until something is put into its table.</param>
public sealed record SavedRow(string Table, AccountSid Account, IRecord Record, RowPlace Place, RecordForm? Form = null);
