using System.Globalization;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Pricing;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Usage;

/// <summary>Balance: what the account began with, less all that it and its subaccounts have used.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/iam/api/subaccounts: the parent pays for all; a subaccount shows the parent's balance (inferred). It may
/// fall below nothing, and nothing happens: here nobody is cut off for money.
/// </remarks>
internal sealed class BalanceOperations(AccountBook accounts, UsageLedger ledger, NumberRents rents)
{
    public Answer Fetch(RestRequest request)
    {
        rents.CatchUp();
        var account = accounts.Find(request.Account)!;
        var payer = accounts.Find(account.Owner) ?? account;
        var family = accounts.NewestFirst.Where(a => a.Owner == payer.Sid).Select(a => a.Sid);
        return Answer.Of(new BalanceFace(account, payer.Balance - ledger.Spent(family)));
    }

    private sealed class BalanceFace(Account account, decimal balance) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "account_sid": to.Write(account.Sid.Value); break;
                // At least two places, and as many as it takes.
                case "balance": to.Write(balance.ToString("0.00###", CultureInfo.InvariantCulture)); break;
                case "currency": to.Write("USD"); break;
            }
        }
    }
}
