using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Products.Conversations;

/// <summary>A number that its account gives up opens no conversations any longer.</summary>
/// <remarks>Loop-confined. Error dictionary 50610: its address configuration is deleted, with a warning.</remarks>
internal sealed class LostAddresses(ConversationBook book)
{
    /// <summary>News of anything: numbers that go are looked at in a turn to come.</summary>
    public void Hear(Entry entry)
    {
        if (entry.Data is RecordChange { IsRemoval: true, Record: PhoneNumber gone }) DropLater(entry.Account, gone.Number, entry.Seq);
    }

    private void DropLater(AccountSid account, string number, long cause) => book.World.Loop.Post(() => Drop(account, number, cause));

    private void Drop(AccountSid account, string number, long cause)
    {
        foreach (var address in book.Addresses(account).OldestFirst().Where(a => a["address"] == number).ToList())
        {
            book.Addresses(account).Delete(address.Key, cause);
            new Alert
            {
                Code = 50610,
                Level = AlertLevel.Warning,
                Message = $"Address configuration deleted: {number} is no longer the account's"
            }.Raise(book.World.Journal, account,
                address.Key, cause);
        }
    }
}
