using System.Buffers;
using System.Text;

namespace TwilioEmu.Sip.Messages;

/// <summary>A place in a header's value that moves forward as things are found there.</summary>
/// <remarks>Values are unfolded before they come here, so white space is SP and HTAB. A failed attempt may have moved the place: who fails,
/// stops.</remarks>
internal ref struct SipScanner(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly byte Next => _rest.IsEmpty ? (byte)0 : _rest[0];

    public void SkipSpace() => _rest = _rest.TrimStart(" \t\r\n"u8);

    /// <summary>White space, the mark, white space: <c>SEMI</c>, <c>EQUAL</c>, <c>SLASH</c>, <c>COMMA</c>.</summary>
    public bool TryTake(byte mark)
    {
        SkipSpace();
        if (Next != mark || _rest.IsEmpty) return false;
        _rest = _rest[1..];
        SkipSpace();
        return true;
    }

    public bool TryTakeRun(SearchValues<byte> of, out ReadOnlySpan<byte> run)
    {
        var end = _rest.IndexOfAnyExcept(of);
        run = end < 0 ? _rest : _rest[..end];
        _rest = _rest[run.Length..];
        return !run.IsEmpty;
    }

    public bool TryTakeUntil(SearchValues<byte> end, out ReadOnlySpan<byte> run)
    {
        var at = _rest.IndexOfAny(end);
        run = at < 0 ? _rest : _rest[..at];
        _rest = _rest[run.Length..];
        return !run.IsEmpty;
    }

    public bool TryTakeToken(out string token)
    {
        token = TryTakeRun(SipGrammar.Token, out var run) ? Encoding.ASCII.GetString(run) : "";
        return token.Length > 0;
    }

    /// <summary>An unsigned number that fits; no sign, no white space within.</summary>
    public bool TryTakeNumber(out uint number)
    {
        number = 0;
        return TryTakeRun(SipGrammar.Digits, out var run) && uint.TryParse(run, out number);
    }

    /// <summary><c>DQUOTE *(qdtext / quoted-pair) DQUOTE</c>, with its quotes and escapes as they were written.</summary>
    public bool TryTakeQuoted(out ReadOnlySpan<byte> quoted)
    {
        quoted = default;
        if (Next != '"') return false;
        for (var i = 1; i < _rest.Length; i++)
        {
            if (_rest[i] == '\\') i++;
            else if (_rest[i] == '"')
            {
                quoted = _rest[..(i + 1)];
                _rest = _rest[(i + 1)..];
                return true;
            }
        }
        return false;
    }

    public bool TryTakeThrough(byte mark, out ReadOnlySpan<byte> before)
    {
        var at = _rest.IndexOf(mark);
        before = at < 0 ? default : _rest[..at];
        if (at >= 0) _rest = _rest[(at + 1)..];
        return at >= 0;
    }
}
