using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>A certificate for 127.0.0.1 and its key, as one file of PEM, until disposed.</summary>
internal sealed class CertificateFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("certificate").FullName;

    public CertificateFile()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path, certificate.ExportCertificatePem() + "\n" + key.ExportRSAPrivateKeyPem() + "\n");
    }

    public string Path => System.IO.Path.Combine(_folder, "certificate.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
