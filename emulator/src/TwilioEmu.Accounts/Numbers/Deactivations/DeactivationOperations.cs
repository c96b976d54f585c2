using System.Globalization;
using System.Text;
using TwilioEmu.Accounts.Numbers.Inventory;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Numbers.Deactivations;

/// <summary>
/// Tells which United States numbers mobile carriers took out of service on a day (twilio.com/docs/messaging/api/deactivations-resource).
/// </summary>
/// <remarks>
/// Loop-confined. The answer redirects to a text file, one number a line (its spelling inferred). Here the file is the same resource
/// asked again with a signature: it wants the same credentials. Nobody leaves a carrier here: the list is drawn by the date, always
/// the same for the same seed. A day's list is there when the day is over (inferred).
/// </remarks>
internal sealed class DeactivationOperations(NumberBook book)
{
    private const int PerDay = 100;

    // twilio.com/docs/messaging/api/deactivations-resource: the link works for up to two minutes.
    private static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(2);

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours => [("messaging_v1/FetchDeactivation", Fetch)];

    private Answer Fetch(RestRequest request)
    {
        var now = book.World.Clock.GetUtcNow();
        if (request.Query["Date"] is not { Length: > 0 } text) return Answer.Refuse(20001, "Missing required parameter Date in the query");
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return Answer.Refuse(20001, $"Invalid Date: '{text}' is not YYYY-MM-DD");
        }
        if (date >= DateOnly.FromDateTime(now.UtcDateTime)) return Answer.NotFound(request);
        if (request.Query["Expires"] is { } expires)
        {
            var isFresh = long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
                && now.ToUnixTimeSeconds() <= until;
            if (!isFresh || request.Query["Signature"] != Signature(date, expires)) return Answer.NotFound(request);
            return new Answer.Bytes(200, "text/plain", File(date));
        }
        var end = (now + LinkLife).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var link = $"{request.BaseUrl}{request.Path}?Date={text}&Expires={end}&Signature={Signature(date, end)}";
        return new Answer.Redirect(307, link, new LinkFace(link));
    }

    private byte[] File(DateOnly date)
    {
        var chance = book.World.Chances($"deactivations {date:yyyy-MM-dd}");
        var offer = Market.Find("US")!.Offers.First(o => o.Type == "Local");
        var text = new StringBuilder();
        // Numbers for sale are nobody's: those may have had an owner, who left.
        foreach (var number in book.Stock.Of(offer, null).Skip(chance.Next(1000)).Where(n => book.Find(n.Number) is null).Take(PerDay))
        {
            text.Append(number.Number).Append('\n');
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private string Signature(DateOnly date, string expires) =>
        book.World.Chances($"deactivations link {date:yyyy-MM-dd} {expires}").Next(int.MaxValue)
            .ToString("x8", CultureInfo.InvariantCulture);

    private sealed class LinkFace(string link) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (property == "redirect_to") to.Write(link);
        }
    }
}
