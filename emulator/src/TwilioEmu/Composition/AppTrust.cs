using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TwilioEmu.Composition;

/// <summary>Reads the certificates that https apps are believed under.</summary>
internal static class AppTrust
{
    /// <summary>Every certificate of a PEM file; none without a file.</summary>
    /// <exception cref="ConfigFault">The file cannot be read, or holds none.</exception>
    public static X509Certificate2Collection Read(string? file)
    {
        var certificates = new X509Certificate2Collection();
        if (file is null) return certificates;
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConfigFault("app_ca", $"app_ca (--app-ca): {file}: {fault.Message}");
        }
        return certificates.Count > 0
            ? certificates
            : throw new ConfigFault("app_ca", $"app_ca (--app-ca): {file} holds no certificate (PEM: -----BEGIN CERTIFICATE-----)");
    }
}
