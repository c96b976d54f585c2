using System.Globalization;
using System.Text;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Rest.Paging;

/// <summary>Which page of a list was asked for.</summary>
/// <param name="Size">Items per page, 1 to 1000.</param>
/// <param name="Index">The page's number, 0 first; with a token for information only.</param>
/// <param name="After">Key of the last item of the page before, or null.</param>
/// <param name="Before">Key of the first item of the page after, when walking back, or null.</param>
internal readonly record struct PageRequest(int Size, int Index, string? After, string? Before)
{
    public const int DefaultSize = 50;

    /// <summary>More is cut to this, as the live service must in practice (twilio.com/docs/usage/twilios-response).</summary>
    public const int MaxSize = 1_000;

    // Page tokens are PA (page after) or PB (page before) and the key of an item: PASM32hex.
    private const string AfterMark = "PA";
    private const string BeforeMark = "PB";
    private const int MaxIndex = 1_000_000_000;

    /// <summary>Reads PageSize, Page and PageToken.</summary>
    public static bool TryRead(FormValues query, Operation operation, out PageRequest page, out TwilioError? refusal)
    {
        if (operation.Page == PageStyle.Scim) return TryReadScim(query, out page, out refusal);
        // Some products have pages of their own sizes: 100, 50, even 5.
        var most = (int)(operation.Find(ParameterPlace.Query, "PageSize")?.Facts.Maximum ?? MaxSize);
        page = new PageRequest(Math.Min(DefaultSize, most), 0, null, null);
        refusal = null;
        if (query["PageSize"] is { } size)
        {
            if (!TryNumber(size, out var n) || n < 1) refusal = TwilioError.BadRequest(20001, "Invalid PageSize.");
            else page = page with { Size = (int)Math.Min(n, most) };
        }
        if (query["Page"] is { } index)
        {
            if (!TryNumber(index, out var n) || n > MaxIndex) refusal ??= TwilioError.BadRequest(20001, "Invalid Page.");
            else page = page with { Index = (int)n };
        }
        if (query["PageToken"] is { } token)
        {
            if (token.Length > 2 && token.StartsWith(AfterMark, StringComparison.Ordinal)) page = page with { After = token[2..] };
            else if (token.Length > 2 && token.StartsWith(BeforeMark, StringComparison.Ordinal)) page = page with { Before = token[2..] };
            else refusal ??= BadToken();
        }
        // A page is asked for by the links of the one before it; by its number alone none but the first can be.
        if (page.Index > 0 && query["PageToken"] is null && operation.Page is PageStyle.Classic or PageStyle.Meta)
        {
            refusal ??= TwilioError.BadRequest(20001, "PageToken is required for paging.");
        }
        return refusal is null;
    }

    /// <summary>RFC 7644, section 3.4.2.4: <c>startIndex</c> counts from 1, <c>count</c> is the page's size.</summary>
    private static bool TryReadScim(FormValues query, out PageRequest page, out TwilioError? refusal)
    {
        page = new PageRequest(MaxSize, 0, null, null);
        refusal = null;
        if (query["count"] is { } count && (!TryNumber(count, out var size) || size > MaxSize))
        {
            refusal = TwilioError.BadRequest(20001, "Invalid count.");
        }
        else if (query["count"] is { } sound)
        {
            page = page with { Size = Math.Max(1, int.Parse(sound, CultureInfo.InvariantCulture)) };
        }
        return refusal is null;
    }

    public static TwilioError BadToken() => ErrorCodes.Error(21481);

    public static string TokenAfter(string key) => AfterMark + key;

    public static string TokenBefore(string key) => BeforeMark + key;

    /// <summary>
    /// The filters of a query, encoded, each with its ampersand:
    /// they stand before PageSize in every link (twilio.com/docs/usage/twilios-response).
    /// </summary>
    public static string Filters(FormValues query)
    {
        if (query.Pairs.Count == 0) return "";
        var text = new StringBuilder();
        foreach (var (name, value) in query.Pairs)
        {
            if (name is "PageSize" or "Page" or "PageToken") continue;
            text.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value)).Append('&');
        }
        return text.ToString();
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
