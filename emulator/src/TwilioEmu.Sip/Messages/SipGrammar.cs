using System.Buffers;

namespace TwilioEmu.Sip.Messages;

/// <summary>Character sets of the grammar, RFC 3261 §25.1.</summary>
internal static class SipGrammar
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary><c>token = 1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~")</c></summary>
    public static readonly SearchValues<byte> Token = Of(Alphanumeric + "-.!%*_+`'~");

    /// <summary><c>word</c>, of which a Call-ID is made.</summary>
    public static readonly SearchValues<byte> Word = Of(Alphanumeric + "-.!%*_+`'~()<>:\\\"/[]?{}@");

    /// <summary>Hosts by name; the underscore is no part of the grammar but of many an inventory.</summary>
    public static readonly SearchValues<byte> HostName = Of(Alphanumeric + "-._");

    /// <summary><c>user</c>: unreserved, escapes and <c>&amp; = + $ , ; ? /</c>; <c>#</c> as some dialling plans send it.</summary>
    public static readonly SearchValues<byte> User = Of(Alphanumeric + "-_.!~*'()%&=+$,;?/#");

    public static readonly SearchValues<byte> Password = Of(Alphanumeric + "-_.!~*'()%&=+$,");

    /// <summary><c>paramchar</c> of a URI's parameters.</summary>
    public static readonly SearchValues<byte> UriParameter = Of(Alphanumeric + "-_.!~*'()%[]/:&+$");

    /// <summary>Names and values of a URI's headers; <c>=</c> is let pass in a value.</summary>
    public static readonly SearchValues<byte> UriHeader = Of(Alphanumeric + "-_.!~*'()%[]/?:+$=");

    /// <summary>A parameter's value in a header: <c>token / host / quoted-string</c>, and what else cannot end it.</summary>
    public static readonly SearchValues<byte> ParameterValueEnd = Of(" \t\r\n;,<>\"");

    public static readonly SearchValues<byte> NotInDisplayName = Of("\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b;:,\"()@[]?={}/\\");

    public static readonly SearchValues<byte> Version = Of("0123456789.");

    public static readonly SearchValues<byte> Digits = Of("0123456789");

    public static readonly SearchValues<byte> Absolute = Of(Alphanumeric + "-_.!~*'()%;/?:@&=+$,[]#");

    public static bool IsAllOf(this ReadOnlySpan<byte> text, SearchValues<byte> set) => !text.IsEmpty && text.IndexOfAnyExcept(set) < 0;

    /// <summary>Every <c>%</c> is followed by two hexadecimal digits.</summary>
    public static bool HasWholeEscapes(this ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'%'); at >= 0; at = text.IndexOf((byte)'%'))
        {
            if (text.Length < at + 3 || !char.IsAsciiHexDigit((char)text[at + 1])
                || !char.IsAsciiHexDigit((char)text[at + 2])) return false;
            text = text[(at + 3)..];
        }
        return true;
    }

    private static SearchValues<byte> Of(string characters) => SearchValues.Create(characters.Select(c => (byte)c).ToArray());
}
