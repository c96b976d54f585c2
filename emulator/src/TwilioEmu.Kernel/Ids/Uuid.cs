namespace TwilioEmu.Kernel.Ids;

/// <summary>Spells 128 random bits as a UUID of version 4.</summary>
public static class Uuid
{
    /// <summary>The bits that tell version and variant are set; the others stay (RFC 9562, 5.4).</summary>
    public static string Of(ulong high, ulong low)
    {
        high = (high & ~0xF000UL) | 0x4000;
        low = (low & ~(3UL << 62)) | (2UL << 62);
        return $"{high >> 32:x8}-{(high >> 16) & 0xFFFF:x4}-{high & 0xFFFF:x4}-{low >> 48:x4}-{low & 0xFFFF_FFFF_FFFF:x12}";
    }
}
