using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Store;

/// <summary>A record and where it stands.</summary>
public sealed record SavedRow(string Table, AccountSid Account, IRecord Record, RowPlace Place);
