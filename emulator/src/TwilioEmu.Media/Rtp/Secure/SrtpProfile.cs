namespace TwilioEmu.Media.Rtp.Secure;

/// <summary>How packets are protected.</summary>
public enum SrtpProfile
{
    /// <summary><c>AES_CM_128_HMAC_SHA1_80</c> (RFC 3711, RFC 4568).</summary>
    AesCm128HmacSha1Tag80,

    /// <summary><c>AES_CM_128_HMAC_SHA1_32</c>; its RTCP has tags of 80 bits all the same (RFC 4568 §6.2.2).</summary>
    AesCm128HmacSha1Tag32,

    /// <summary><c>AEAD_AES_128_GCM</c> (RFC 7714).</summary>
    Aes128Gcm,

    /// <summary><c>AEAD_AES_256_GCM</c> (RFC 7714).</summary>
    Aes256Gcm,
}

/// <summary>Sizes of each profile, in bytes.</summary>
public static class SrtpProfiles
{
    public static bool IsGcm(this SrtpProfile profile) => profile is SrtpProfile.Aes128Gcm or SrtpProfile.Aes256Gcm;

    public static int KeyByteCount(this SrtpProfile profile) => profile == SrtpProfile.Aes256Gcm ? 32 : 16;

    public static int SaltByteCount(this SrtpProfile profile) => profile.IsGcm() ? 12 : 14;

    public static int RtpTagByteCount(this SrtpProfile profile) =>
        profile.IsGcm() ? 16 : profile == SrtpProfile.AesCm128HmacSha1Tag32 ? 4 : 10;

    public static int RtcpTagByteCount(this SrtpProfile profile) => profile.IsGcm() ? 16 : 10;
}
