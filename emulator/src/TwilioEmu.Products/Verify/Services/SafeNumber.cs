using System.Text.Json;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Verify.Services;

/// <summary>A number, or a thousand of them, that no product of Twilio keeps codes and texts from.</summary>
/// <param name="Sid"><c>GN</c>.</param>
/// <param name="Number">E.164, or <c>+18001234xxx</c> for all that begin so.</param>
internal sealed record SafeNumber(string Sid, string Number) : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<SafeNumber> Form = new("safe_number", static (r, m) => new SafeNumber(
        m.Text("sid", r?.Sid), m.Text("phone_number", r?.Number)));

    public static readonly TableKey<SafeNumber> Table = new("safe_numbers", Form);

    private const string AnyThree = "xxx";

    // twilio.com/docs/usage/global-safe-list: with its plus.
    private const int ShortestWithPrefix = 10;

    public string Key => Number;

    public bool IsSettled => false;

    /// <summary>The thousand a number is one of; null for one that is too short to be of any.</summary>
    public static string? PrefixOf(string number) =>
        number.Length < ShortestWithPrefix ? null : string.Concat(number.AsSpan(0, number.Length - AnyThree.Length), AnyThree);

    /// <summary>True for <c>+18001234xxx</c> (the page's own pattern, <c>^\+[1-9]\d{5,11}xxx$</c>).</summary>
    public static bool IsPrefix(string text) =>
        text.Length is >= ShortestWithPrefix and <= 16 && text[0] == '+' && text[1] is >= '1' and <= '9'
            && text.EndsWith(AnyThree, StringComparison.Ordinal) && !text.AsSpan(2, text.Length - 5).ContainsAnyExceptInRange('0', '9');

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid);
        json.WriteString("phone_number", Number);
    }

    public void WriteProperty(string property, FaceWriter to)
    {
        if (property == "sid") to.Json.WriteStringValue(Sid);
        else if (property == "phone_number") to.Json.WriteStringValue(Number);
    }
}
