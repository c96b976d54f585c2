namespace TwilioEmu.Media.Rtp.Secure;

/// <summary>Which packet indices were seen: the newest and the 64 below it.</summary>
/// <remarks>RFC 3711 §3.3.2. What is older than the window counts as seen.</remarks>
internal sealed class ReplayWindow
{
    private const int Size = 64;

    private ulong _seen;
    private bool _hasAny;

    public long Newest { get; private set; }

    public bool IsNew(long index)
    {
        if (!_hasAny || index > Newest) return true;
        var age = Newest - index;
        return age < Size && (_seen & (1UL << (int)age)) == 0;
    }

    /// <summary>Only once the packet is known to be genuine.</summary>
    public void Accept(long index)
    {
        if (!_hasAny || index > Newest)
        {
            var step = _hasAny ? index - Newest : Size;
            _seen = step >= Size ? 1 : (_seen << (int)step) | 1;
            (Newest, _hasAny) = (index, true);
            return;
        }
        _seen |= 1UL << (int)(Newest - index);
    }
}
