using System.Globalization;

namespace TwilioEmu.Accounts.Numbers.Plans;

/// <summary>The digits that the numbers of a range begin with, read from its pattern. Pure.</summary>
/// <remarks>
/// Grammar, as libphonenumber's patterns have it: <c>alternatives = sequence *("|" sequence)</c>; <c>sequence = *(atom [quantifier])</c>;
/// <c>atom = digit / "\d" / "[" set "]" / "(?:" alternatives ")"</c>; <c>quantifier = "?" / "{" n ["," m] "}"</c>. A prefix ends where
/// any digit may follow.
/// </remarks>
internal sealed class RangePrefixes
{
    // No country's range needs more; a pattern that would is cut where it stands.
    private const int MaxPrefixes = 500;

    private static readonly List<(string Digits, bool IsEnded)> Anything = [("", true)];

    private readonly string _pattern;
    private int _at;

    private RangePrefixes(string pattern) => _pattern = pattern;

    /// <summary>Prefixes in order, none beginning with another; empty where the range begins with any digit.</summary>
    public static IReadOnlyList<string> Of(string pattern)
    {
        var found = new RangePrefixes(pattern).Alternatives().Select(p => p.Digits).Distinct().Order(StringComparer.Ordinal).ToList();
        var prefixes = new List<string>();
        foreach (var prefix in found)
        {
            if (prefix.Length == 0) return [];
            if (prefixes.Count == 0 || !prefix.StartsWith(prefixes[^1], StringComparison.Ordinal)) prefixes.Add(prefix);
        }
        return prefixes;
    }

    private List<(string Digits, bool IsEnded)> Alternatives()
    {
        var all = Sequence();
        while (_at < _pattern.Length && _pattern[_at] == '|')
        {
            _at++;
            all.AddRange(Sequence());
        }
        return all;
    }

    private List<(string Digits, bool IsEnded)> Sequence()
    {
        List<(string Digits, bool IsEnded)> all = [("", false)];
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')')) all = Join(all, Quantified(Atom()));
        return all;
    }

    private List<(string Digits, bool IsEnded)> Atom()
    {
        switch (_pattern[_at++])
        {
            case '\\': // \d
                _at++;
                return Anything;
            case '[':
                return Set();
            case '(': // (?:
                _at += 2;
                var inside = Alternatives();
                _at++;
                return inside;
            case var digit:
                return [(digit.ToString(), false)];
        }
    }

    private List<(string Digits, bool IsEnded)> Set()
    {
        var digits = new List<(string, bool)>();
        for (; _pattern[_at] != ']'; _at++)
        {
            // \d stands for all of them.
            if (_pattern[_at] == '\\') (_at, digits) = (_at + 1, [.. "0123456789".Select(d => (d.ToString(), false))]);
            else if (_pattern[_at + 1] == '-')
            {
                for (var digit = _pattern[_at]; digit <= _pattern[_at + 2]; digit++) digits.Add((digit.ToString(), false));
                _at += 2;
            }
            else digits.Add((_pattern[_at].ToString(), false));
        }
        _at++;
        return digits.Count >= 10 ? Anything : digits;
    }

    private List<(string Digits, bool IsEnded)> Quantified(List<(string Digits, bool IsEnded)> atom)
    {
        if (_at >= _pattern.Length) return atom;
        if (_pattern[_at] == '?')
        {
            _at++;
            return [("", false), .. atom];
        }
        if (_pattern[_at] != '{') return atom;
        var close = _pattern.IndexOf('}', _at);
        var bounds = _pattern[(_at + 1)..close].Split(',');
        _at = close + 1;
        var least = int.Parse(bounds[0], CultureInfo.InvariantCulture);
        if (least == 0) return Anything;
        var all = atom;
        for (var i = 1; i < least; i++) all = Join(all, atom);
        // What may follow more than once may as well be anything: the prefix ends here.
        return bounds.Length == 1 ? all : [.. all.Select(p => (p.Digits, true))];
    }

    private static List<(string Digits, bool IsEnded)> Join(
        List<(string Digits, bool IsEnded)> left, List<(string Digits, bool IsEnded)> right)
    {
        var open = left.Count(l => !l.IsEnded);
        if (left.Count - open + (open * right.Count) > MaxPrefixes) return [.. left.Select(l => (l.Digits, true))];
        var all = new List<(string, bool)>();
        foreach (var l in left)
        {
            if (l.IsEnded) all.Add(l);
            else all.AddRange(right.Select(r => (l.Digits + r.Digits, r.IsEnded)));
        }
        return all;
    }
}
