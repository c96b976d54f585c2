using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TwilioEmu.Tls;

/// <summary>The roots this machine trusts: where a variable replaces a program's trust store, they must stand beside ours.</summary>
internal static class RootCertificates
{
    private const long MaxBundleBytes = 4 * 1024 * 1024;

    // Where distributions keep their bundle, as Go's crypto/x509 looks for it (root_linux.go, root_bsd.go); Alpine's and macOS's too.
    private static readonly string[] Places =
    [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/pki/tls/cacert.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ];

    /// <summary>PEM, one after another; empty when the machine trusts nobody.</summary>
    /// <param name="preset">A bundle the environment names (<c>SSL_CERT_FILE</c>); beats the system's.</param>
    public static string Pem(string? preset)
    {
        foreach (var file in new[] { preset }.Concat(OperatingSystem.IsWindows() ? [] : Places))
        {
            if (file is null || Read(file) is not { } pem) continue;
            return pem.EndsWith('\n') ? pem : pem + "\n";
        }
        var all = new StringBuilder();
        foreach (var root in Store()) all.Append(root.ExportCertificatePem()).Append('\n');
        return all.ToString();
    }

    private static string? Read(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: > 0 and <= MaxBundleBytes } ? File.ReadAllText(file) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static X509Certificate2Collection Store()
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        return store.Certificates;
    }
}
