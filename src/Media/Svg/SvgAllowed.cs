using System.Collections.Frozen;

namespace Rialto.Media;

/// <summary>What an SVG may consist of (SVG 2, without scripting, links, foreign content and sound).</summary>
internal static class SvgAllowed
{
    public static readonly FrozenSet<string> Elements = Words("""
        svg g defs symbol use title desc switch view style image
        path rect circle ellipse line polyline polygon text tspan textPath
        linearGradient radialGradient stop pattern clipPath mask marker
        filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
        feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
        animate animateTransform animateMotion mpath set
        """);

    public static readonly FrozenSet<string> Attributes = Words("""
        id class style lang role aria-label aria-hidden aria-labelledby aria-describedby focusable version viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr
        d points pathLength transform transform-origin dx dy rotate textLength lengthAdjust startOffset method spacing side
        gradientUnits gradientTransform spreadMethod offset patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits
        markerUnits markerWidth markerHeight orient refX refY filterUnits primitiveUnits
        in in2 result mode type values tableValues slope intercept amplitude exponent operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX targetY edgeMode kernelUnitLength preserveAlpha
        surfaceScale diffuseConstant specularConstant specularExponent limitingConeAngle pointsAtX pointsAtY pointsAtZ azimuth elevation z scale xChannelSelector yChannelSelector
        stdDeviation radius baseFrequency numOctaves seed stitchTiles flood-color flood-opacity lighting-color
        attributeName attributeType begin dur end min max restart repeatCount repeatDur fill calcMode keyTimes keySplines keyPoints from to by additive accumulate path origin
        alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters color-rendering direction display dominant-baseline
        fill-opacity fill-rule filter font-family font-size font-size-adjust font-stretch font-style font-variant font-weight image-rendering letter-spacing
        marker-end marker-mid marker-start mask mix-blend-mode isolation opacity overflow paint-order pointer-events shape-rendering stop-color stop-opacity
        stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering
        unicode-bidi vector-effect visibility word-spacing writing-mode systemLanguage enable-background
        """);

    private static FrozenSet<string> Words(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
