namespace TwilioEmu.Rest.Faces;

/// <summary>A resource that can show its properties; the catalog decides which, and in what order.</summary>
/// <remarks>Immutable: faces are rendered off the loop, after the turn that gave them.</remarks>
public interface IFace
{
    /// <summary>Writes the value of one property; writing nothing means <c>null</c>.</summary>
    /// <param name="property">Snake case, as in the schema: <c>num_segments</c>.</param>
    /// <param name="to">Takes the value.</param>
    void WriteProperty(string property, FaceWriter to);
}
