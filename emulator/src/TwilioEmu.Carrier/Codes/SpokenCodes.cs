namespace TwilioEmu.Carrier.Codes;

/// <summary>Tells whether words that are spoken have a one-time code in them.</summary>
/// <remarks>Loop-confined. Remembers the last: all who hear a sentence ask one after the other.</remarks>
internal sealed class SpokenCodes
{
    private string _last = "";
    private bool _hasCode;

    public bool IsIn(string words)
    {
        if (ReferenceEquals(words, _last)) return _hasCode;
        (_last, _hasCode) = (words, CodeInText.Find(words) is not null);
        return _hasCode;
    }
}
