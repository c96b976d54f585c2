namespace TwilioEmu.Twiml.Reading;

/// <summary>What stands before the root element of a document.</summary>
/// <remarks>
/// w3.org/TR/xml, productions 22 and 27: <c>prolog ::= XMLDecl? Misc* (doctypedecl Misc*)?</c>, <c>Misc ::= Comment | PI | S</c>.
/// </remarks>
internal static class Prolog
{
    /// <summary>Where a document type declaration begins; null where there is none.</summary>
    public static int? FindDocumentType(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            var rest = text[at..];
            if (rest.StartsWith("<!DOCTYPE")) return at;
            var (begin, end) = rest.StartsWith("<?") ? ("<?", "?>") : rest.StartsWith("<!--") ? ("<!--", "-->") : ("", "");
            if (begin.Length == 0 || rest[begin.Length..].IndexOf(end) is not (>= 0 and var length)) return null;
            at += begin.Length + length + end.Length;
        }
    }
}
